// What a page says to eyes and to screen readers: visible text, hidden labels, attributes that are read aloud or shown, what fields hold.
// Cells of Streamlit's grids tell values, not words. Icons are pictures; a piece that names a language of its own (lang=…) is in that language.
() => {
  const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title", "placeholder", "alt", "label"]
  const SKIPPED = "script, style, noscript, template, [data-testid='stIconMaterial'], .material-symbols-rounded, [translate='no'], canvas [role='gridcell']"
  const page = document.documentElement.lang
  const said = new Set([document.title])
  const note = (text) => { const plain = (text || "").replace(/\s+/g, " ").trim(); if (plain) said.add(plain) }
  const shown = (element) => element.closest("canvas") || element.closest("svg") || element.checkVisibility({ visibilityProperty: true })
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { if (node.parentElement ? shown(node.parentElement) : true) note(node.data); return }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(SKIPPED) || (node.lang && node.lang !== page)) return
      if (node.tagName !== "OPTION" && !shown(node) && getComputedStyle(node).display === "none") return
      for (const name of ATTRIBUTES) note(node.getAttribute(name))
      if (node.matches("input:not([type=hidden],[type=checkbox],[type=radio],[type=password]), textarea")) note(node.value)
      if (node.shadowRoot) walk(node.shadowRoot)
      for (const side of ["::before", "::after"]) {
        const content = getComputedStyle(node, side).content
        if (content.startsWith('"')) note(JSON.parse(content.replace(/\\([0-9a-f]{2,6}) ?/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))))
      }
    }
    for (const child of node.childNodes) walk(child)
  }
  walk(document.body)
  return [page, [...said]]
}
