"""Words as the index knows them: small letters without accents."""

import re
import unicodedata

# A word, or letters with points between them, such as U.S.
WORD = re.compile(r"\b[A-Za-z](?:\.[A-Za-z]\b)+|[^\W_]+")
# Letters that are no letter with an accent, as the unaccent dictionary of PostgreSQL writes them.
LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŧ": "t", "ħ": "h"}
)


def fold(word):
    """The word in small letters, without accents and points."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.lower()).translate(LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


LETTERS_OF_WORDS = "abcdefghijklmnopqrstuvwxyz"

# Words that say nothing, in languages for which PostgreSQL has no list; without accents.
SAY_NOTHING = {
    "cs": "a aby ale ani ano asi az bez bude by byl byla bylo byt co do ho i ja jak jako je jeho jejich jen jsme"
    " jsou jste k kde kdo kdy ktera ktere ktery mezi mit na nad nam nas ne nebo nez o od ona oni ono po pod"
    " podle pred pri pro proc proto s se si sve svych tak take tam ten tento to tu tuto u uz v vam vas ve vsak"
    " z za ze",
    "et": "aga ega ei et ette ja jah juba ka kas kes kui kuid kuidas kus ma me mida mille mis mu nad nagu need neid"
    " nii ning ole oleme oli olid olla oma on pole pool poolt sa seda see selle sellest siis ta te teda tema"
    " uks ules vaid voi",
    "lt": "ant apie ar arba as bei bet bus buti buvo dar del gali i iki ir is jau jei ji jie jis jo jos juos kad kai"
    " kaip kartu kas kiek kita kitas kokia kokie koks kur kuri kuria kurie kuris man mes mums mus musu ne nei"
    " nes net nors nuo o pagal pas pats per po prie pries savo su ta tada tai taip tarp tas ten tie tik to"
    " tokia toks tu uz yra",
    "pl": "a aby albo ale and ani az bez bo by byc byl byla bylo byly co czy czyli dla do gdy gdzie go i ich ile im"
    " inne ja jak jako je jego jej jesli jest jestem juz kiedy kto ktora ktore ktorego ktorej ktory ktorych"
    " ktorym ku lub ma mnie moze mozna my na nad nam nas nasz nie niz o od on ona one oni oraz po pod poniewaz"
    " przed przez przy sa sie ta tak take takze tam te tego tej ten to tu tych tylko tym u w we wiec z za ze",
}
SAY_NOTHING = {language: frozenset(words.split()) for language, words in SAY_NOTHING.items()}
