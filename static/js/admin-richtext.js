// Turns text areas into editors that know what the site shows: paragraphs, lists, bold, emphasis and links.
// The text area stays the field of the form: it is written after each change, and read when somebody else changes it.

const END = /<\/(?:p|ul|ol|li|strong|em|a|b|i|u|div|span|table|tr|blockquote|h[1-6])\s*>/i;
const GLYPHS = { bold: "B", italic: "I", bulletList: "•", orderedList: "1." };

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const escaped = (text) => make("i", { textContent: text }).innerHTML;

const htmlOf = (text) => END.test(text)
  ? text
  : text.trim().split(/\r?\n(?:[ \t]*\r?\n)+/).map((part) => `<p>${escaped(part).replace(/\r?\n/g, "<br>")}</p>`).join("");

const addressOf = (typed) => {
  const text = typed.trim();
  if (!text || /^(https?:\/\/|mailto:)/i.test(text)) return text;
  return /^[^\s@/]+@[^\s@/]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
};

const askForAddress = (editor, labels, id) => {
  const input = make("input", { type: "text", id: `${id}-address`, value: editor.getAttributes("link").href ?? "", inputMode: "url" });
  const set = make("button", { type: "submit", className: "button", textContent: labels.set });
  const unset = make("button", { type: "button", className: "button", textContent: labels.unset });
  const cancel = make("button", { type: "button", className: "button", textContent: labels.cancel });
  const form = make("form", { method: "dialog" }, make("label", { htmlFor: input.id, textContent: labels.address }), input, make("p", {}, set, ...(editor.isActive("link") ? [unset] : []), cancel));
  const dialog = make("dialog", { className: "rich-dialog" }, form);
  const finish = (address) => {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!address) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: address.replace(/^mailto:/, ""), marks: [{ type: "link", attrs: { href: address } }] }).run();
    else chain.setMark("link", { href: address }).run();
  };
  form.addEventListener("submit", () => finish(addressOf(input.value)));
  cancel.addEventListener("click", () => dialog.close());
  unset.addEventListener("click", () => { dialog.close(); finish(""); });
  dialog.addEventListener("close", () => { dialog.remove(); editor.commands.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  input.select();
};

const linkOf = (Link, labels, id) => Link
  .extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => { askForAddress(editor, labels, id); return true; } }) })
  .configure({ openOnClick: false, autolink: true, defaultProtocol: "https", isAllowedUri: (address) => /^(https?:\/\/|mailto:)/i.test(address) });

const toolbarOf = (editor, labels, id) => {
  const acts = {
    bold: () => editor.chain().focus().toggleMark("bold").run(),
    italic: () => editor.chain().focus().toggleMark("italic").run(),
    bulletList: () => editor.chain().focus().toggleBulletList().run(),
    orderedList: () => editor.chain().focus().toggleOrderedList().run(),
    link: () => askForAddress(editor, labels, id),
  };
  const buttons = Object.keys(acts).map((name, place) => {
    const button = make("button", { type: "button", className: `rich-${name}`, textContent: GLYPHS[name] ?? labels[name], title: labels[name], tabIndex: place ? -1 : 0 });
    button.setAttribute("aria-label", labels[name]);
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", acts[name]);
    editor.on("transaction", () => button.setAttribute("aria-pressed", editor.isActive(name)));
    return button;
  });
  const bar = make("div", { className: "rich-toolbar" }, ...buttons);
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", labels.toolbar);
  bar.setAttribute("aria-controls", id);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = buttons.indexOf(document.activeElement);
    const to = buttons[(from + step + buttons.length) % buttons.length];
    buttons[from].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  return bar;
};

const dress = (textarea, { Editor, Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, Link, History }) => {
  const labels = JSON.parse(textarea.dataset.labels);
  const id = `${textarea.id}-editor`;
  const label = textarea.labels[0];
  const help = document.getElementById(`${textarea.id}_helptext`);
  if (label) label.id ||= `${textarea.id}-label`;
  const place = make("div", { className: "rich-place" });
  textarea.before(place);
  let written = textarea.value;
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: htmlOf(written),
    extensions: [Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, History, linkOf(Link, labels, id)],
    editorProps: {
      attributes: {
        id, class: "rich-text", role: "textbox", "aria-multiline": "true",
        ...(textarea.lang && { lang: textarea.lang }),
        ...(label && { "aria-labelledby": label.id }),
        ...(help && { "aria-describedby": help.id }),
        ...(textarea.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
      },
    },
    onUpdate: () => {
      written = textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  place.before(toolbarOf(editor, labels, id));
  place.style.setProperty("--rows", textarea.rows);
  if (document.activeElement === textarea) editor.commands.focus("end");
  textarea.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("change", () => {
    if (textarea.value === written) return;
    written = textarea.value;
    editor.commands.setContent(htmlOf(written), { emitUpdate: false });
  });
};

const areas = [...document.querySelectorAll("textarea[data-rich-text]")].filter((area) => !area.name.includes("__prefix__"));
if (areas.length) {
  const library = await import(areas[0].dataset.richText);
  for (const area of areas) dress(area, library);
}
