// Streamlit says some things of its own in English only. Where a page speaks another language they are put into it here: the labels of its
// buttons for screen readers, hints in its fields and uploaders, the menus of its tables. Only whole sentences of the list are touched,
// text only in widgets of Streamlit's that never hold what people wrote. The page's language stands in the key of the container around it.
(() => {
  const WORDS = JSON.parse("/*words*/")  // language -> English sentence, perhaps with {slots} -> the sentence in that language
  const FRAME = '[class*="st-key-frame_desk_"], [class*="st-key-frame_big_"]'
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]
  const TEXTS = ["SkipToContent", "StatusWidget", "FileUploader", "DateInputField", "DateInputCalendar", "SelectboxVirtualDropdown",
    "MultiSelectVirtualDropdown", "TooltipContent", "ElementToolbar", "DataFrameColumnMenu", "DataFrameColumnVisibilityMenu"]
    .map((widget) => `[data-testid="st${widget}"]`).concat('[data-testid="InputInstructions"]').join(", ")
  const UPLOADS = { photo_drawer_: "Take a photo or choose files", files_: "Take a photo or choose files", photo_: "Add photo" }
  const SEARCHED = ATTRIBUTES.map((name) => `[${name}]`).join(", ")
  const MARKED = /:[a-z]+(?:-[a-z]+)*\[([^[\]]*)\]/g, UNMARKED = new RegExp(MARKED.source)
  let language = "en", exact = new Map(), patterns = []

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name])
  const learn = (from, to) => {
    if (!/\{\w+\}/.test(from)) return exact.set(from, to)
    const pattern = from.split(/(\{\w+\})/).map((part) => (/^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>.+)` : escape(part))).join("")
    patterns.push([new RegExp(`^${pattern}$`, "s"), to])
  }
  const speak = (next) => {
    exact = new Map()
    patterns = []
    for (const [english, said] of Object.entries(WORDS[language] ?? {})) learn(said, WORDS[next]?.[english] ?? english)
    for (const [english, said] of Object.entries(WORDS[next] ?? {})) learn(english, said)
    for (const english of ["Choose a file", ...Object.values(UPLOADS)]) learn(english, WORDS[next]?.[english] ?? english)
    language = next
  }
  const say = (text) => {
    const plain = text.trim()
    if (!plain) return null
    if (exact.has(plain)) return exact.get(plain)
    for (const [pattern, sentence] of patterns) {
      const found = pattern.exec(plain)
      if (found) return fill(sentence, Object.fromEntries(Object.entries(found.groups).map(([name, said]) => [name, exact.get(said) ?? said])))
    }
    return UNMARKED.test(plain) ? plain.replaceAll(MARKED, "$1") : null  // labels are read with the Markdown they are written in
  }

  const nameUpload = (element) => {
    const key = Object.keys(UPLOADS).find((key) => element.closest(`[class*="st-key-${key}"]`))
    return UPLOADS[key] ?? "Choose a file"
  }
  const renameText = (node) => {
    if (!node.parentElement?.closest(TEXTS)) return
    const said = say(node.data === "Upload" ? nameUpload(node.parentElement) : node.data)
    if (said !== null && said !== node.data) node.data = said
  }
  const renameAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const said = element.hasAttribute(name) ? say(element.getAttribute(name)) : null
      if (said !== null && said !== element.getAttribute(name)) element.setAttribute(name, said)
    }
  }
  const rename = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return renameText(node)
    if (node.nodeType !== Node.ELEMENT_NODE) return
    renameAttributes(node)
    node.querySelectorAll(SEARCHED).forEach(renameAttributes)
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) renameText(texts.currentNode)
  }
  const listen = () => {
    const spoken = [...(document.querySelector(FRAME)?.classList ?? [])].join(" ").match(/st-key-frame_(?:desk|big)_(\w+)/)?.[1]
    const next = spoken ?? document.documentElement.lang.replace("-", "_")
    if (next === language) return false
    speak(next)
    document.documentElement.lang = next.replace("_", "-")
    rename(document.body)
    return true
  }

  new MutationObserver((changes) => {
    if (listen()) return
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") renameAttributes(target)
      else if (type === "characterData") renameText(target)
      else addedNodes.forEach(rename)
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "class"] })
  if (!listen()) rename(document.body)
})()
