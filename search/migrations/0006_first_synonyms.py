from django.db import migrations

from search.triggers import count_changes_of

GROUPS = [
    ["coworking", "co-working", "shared workspace", "shared office"],
    ["SME", "small and medium-sized enterprise", "small business", "KMU", "MVĮ", "MŚP"],
    ["fab lab", "fablab", "makerspace", "maker space", "hackerspace", "digital fabrication"],
    ["incubator", "business incubator", "Gründerzentrum", "inkubatorius", "inkubator"],
    ["accelerator", "acceleration programme"],
    ["start-up", "startup", "new venture", "young company"],
    ["voucher", "innovation voucher", "Innovationsgutschein", "Scheck", "čekis", "bon na innowacje"],
    ["creative industries", "creative sector", "creative economy", "cultural and creative industries", "CCI",
     "Kreativwirtschaft", "kūrybinės industrijos", "sektor kreatywny", "kreativní průmysl"],
    ["crowdfunding", "crowd financing", "Schwarmfinanzierung", "sutelktinis finansavimas"],
    ["venture capital", "risk capital", "equity fund", "Wagniskapital", "Risikokapital"],
    ["hackathon", "hack day", "design jam"],
    ["studio", "workshop space", "atelier"],
    ["cluster", "network of companies"],
    ["user-centred design", "human-centred design", "design thinking"],
    ["artist residency", "artist in residence", "artist-in-residence"],
    ["health care", "healthcare", "Gesundheitswesen", "sveikatos priežiūra", "opieka zdrowotna"],
    ["ICT", "information technology", "digital technology"],
    ["temporary use", "meanwhile use", "interim use", "Zwischennutzung"],
    ["brownfield", "former factory", "disused factory", "industrial heritage"],
    ["spillover", "spill-over", "cross innovation", "cross-sector collaboration"],
    ["living lab", "test bed", "testbed"],
    ["grant", "subsidy", "Förderung", "dotacja", "subsidija"],
    ["loan", "credit", "Kredit", "Darlehen"],
    ["school", "education", "pupils"],
    ["open data", "public data"],
]  # fmt: skip


def add(apps, _schema_editor):
    synonyms = apps.get_model("search", "Synonym")
    synonyms.objects.bulk_create(synonyms(words=words) for words in GROUPS)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_synonyms")]
    operations = [
        *count_changes_of("search_synonym"),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
