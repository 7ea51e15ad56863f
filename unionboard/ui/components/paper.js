// The draft on A4. Texts come from users: textContent only, never innerHTML.
const GAP = /(【待补充：[^】]*】|\[to be added: [^\]]*\])/
const LINES = 22
const PHONE_BELOW = 700

function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text) element.textContent = text
  return element
}

// Something on the sheet that can be picked; the arrow keys go from one to the next.
function pickable(element, isChosen, picked, pick) {
  element.setAttribute("role", "button")
  element.setAttribute("aria-pressed", String(isChosen))
  element.classList.toggle("chosen", isChosen)
  element.classList.add("pick")
  element.tabIndex = -1
  element.onclick = event => {
    const figure = event.target.closest?.("[data-figure]")?.dataset.figure
    pick({ ...picked, figure: figure === undefined ? null : Number(figure) })
  }
  element.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step) {
      const all = [...element.closest(".sheet").querySelectorAll(".pick")]
      const next = all[all.indexOf(element) + step]
      if (next) { element.tabIndex = -1; next.tabIndex = 0; next.focus() }
    } else if (event.key === "Enter" || event.key === " ") pick({ ...picked, figure: null })
    else return
    event.preventDefault()
  }
  return element
}

function makeSentence(block, sentence, chosen, pick) {
  const isChosen = chosen.key === block.key && chosen.n === sentence.n
  const span = make("span", sentence.own ? "sentence own" : "sentence")
  for (const [text, figure] of sentence.pieces) {
    if (figure !== null) {
      const number = make("span", isChosen && chosen.figure === figure ? "figure chosen" : "figure", text)
      number.dataset.figure = figure
      span.append(number)
      continue
    }
    for (const part of text.split(GAP)) {
      if (part) span.append(GAP.test(part) ? make("mark", "gap", part) : part)
    }
  }
  return pickable(span, isChosen, { key: block.key, n: sentence.n }, pick)
}

function makeHeading(level, className, text, key, chosen, pick) {
  const heading = make(level, className)
  heading.append(pickable(make("span", "sentence", text), chosen.key === key && chosen.n === null, { key, n: null }, pick))
  return heading
}

function makeBlock(block, chosen, pick) {
  const section = make("section", `block ${block.kind}`)
  section.dataset.key = block.key
  if (block.mark) section.append(make("div", `margin ${block.tone}`, block.mark))
  if (block.left_out) section.append(makeHeading("p", "left-out", block.left_out, block.key, chosen, pick))
  if (block.heading) section.append(makeHeading("h2", "first", block.heading, block.key, chosen, pick))
  let paragraph = null
  for (const sentence of block.sentences) {
    if (!paragraph || sentence.opens) {
      paragraph = make("p", sentence.level)
      section.append(paragraph)
    } else if (/[\x20-\x7e]$/.test(paragraph.textContent)) {
      paragraph.append(" ")
    }
    paragraph.append(makeSentence(block, sentence, chosen, pick))
  }
  return section
}

// A hairline after every 22 lines, with the page's number where it will be printed.
function markPages(sheet, text) {
  sheet.querySelectorAll(".page").forEach(old => old.remove())
  const line = parseFloat(getComputedStyle(text).lineHeight)
  const pages = Math.ceil(text.offsetHeight / line / LINES - 0.01)
  for (let page = 1; page <= pages; page++) {
    const rule = make("div", page % 2 ? "page odd" : "page even", `— ${page} —`)
    rule.style.top = `${text.offsetTop + page * LINES * line}px`
    if (page < pages) rule.classList.add("more")
    sheet.append(rule)
  }
}

// On a phone what stands behind a sentence follows below the sheet: the sheet goes to the top, so that both are in sight.
function showBeside(desk, sheet) {
  const chosen = sheet.querySelector(".pick.chosen")?.getBoundingClientRect()
  const room = desk.getBoundingClientRect()
  if (chosen && chosen.bottom > room.bottom) desk.scrollTop += chosen.bottom - room.bottom + 24
  desk.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
}

export default function ({ data: { sheet: written, json }, parentElement, setTriggerValue }) {
  const data = { ...JSON.parse(written), ...JSON.parse(json) }
  const desk = parentElement.querySelector(".desk")
  const sheet = parentElement.querySelector(".sheet")
  const place = desk.scrollTop
  desk.style.height = `${data.height}px`
  const hadFocus = Boolean(sheet.getRootNode().activeElement?.closest?.(".sheet"))
  const text = make("div", "text")
  const pick = picked => {
    desk.ubTapped = true
    setTriggerValue("picked", picked)
  }
  text.append(makeHeading("h1", "title", data.title, data.titleKey, data.chosen, pick))
  text.append(...data.blocks.map(block => makeBlock(block, data.chosen, pick)))
  sheet.setAttribute("aria-label", data.title)
  sheet.replaceChildren(text)
  const entrance = sheet.querySelector(".pick.chosen") ?? sheet.querySelector(".pick")
  entrance.tabIndex = 0
  if (hadFocus) entrance.focus({ preventScroll: true })
  markPages(sheet, text)
  desk.ubWatch?.disconnect()
  desk.ubWatch = new ResizeObserver(() => markPages(sheet, text))
  desk.ubWatch.observe(text)
  desk.scrollTop = place
  const isMoved = desk.ubFocus !== undefined && desk.ubFocus !== data.focus
  if (isMoved) {
    const block = [...text.children].find(child => child.dataset.key === data.chosen.key)
    const sentence = data.chosen.n === null ? null : block?.querySelector(".chosen")
    const top = !block || block === text.children[1] ? 0 : block.offsetTop + text.offsetTop - 24
    desk.scrollTo({ top: sentence ? sentence.offsetTop + block.offsetTop + text.offsetTop - desk.clientHeight / 3 : top })
  }
  desk.ubFocus = data.focus
  if (innerWidth < PHONE_BELOW && (isMoved || desk.ubTapped)) showBeside(desk, sheet)
  desk.ubTapped = false
  return () => desk.ubWatch?.disconnect()
}
