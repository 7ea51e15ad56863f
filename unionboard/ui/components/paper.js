// The draft on A4. Texts come from users: textContent only, never innerHTML.
const GAP = /(【待补充：[^】]*】|\[to be added: [^\]]*\])/
const LINES = 22

function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text) element.textContent = text
  return element
}

function makeSentence(block, sentence, isChosen, pick) {
  const span = make("span", isChosen ? "sentence chosen" : "sentence")
  for (const part of sentence.text.split(GAP)) {
    if (part) span.append(GAP.test(part) ? make("mark", "gap", part) : part)
  }
  span.setAttribute("role", "button")
  span.setAttribute("aria-pressed", String(isChosen))
  span.tabIndex = 0
  span.onclick = () => pick({ key: block.key, n: sentence.n })
  span.onkeydown = event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    span.onclick()
  }
  return span
}

function makeBlock(block, chosen, pick) {
  const section = make("section", `block ${block.kind}`)
  section.dataset.key = block.key
  if (block.mark) section.append(make("div", `margin ${block.tone}`, block.mark))
  if (block.heading) section.append(make("h2", "first", block.heading))
  let paragraph = null
  for (const sentence of block.sentences) {
    if (!paragraph || sentence.opens) {
      paragraph = make("p", sentence.level)
      section.append(paragraph)
    } else if (/[\x20-\x7e]$/.test(paragraph.textContent)) {
      paragraph.append(" ")
    }
    const isChosen = chosen[0] === block.key && chosen[1] === sentence.n
    paragraph.append(makeSentence(block, sentence, isChosen, pick))
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

export default function ({ data, parentElement, setTriggerValue }) {
  const desk = parentElement.querySelector(".desk")
  const sheet = parentElement.querySelector(".sheet")
  const place = desk.scrollTop
  desk.style.height = `${data.height}px`
  const text = make("div", "text")
  text.append(make("h1", "title", data.title))
  text.append(...data.blocks.map(block => makeBlock(block, data.chosen, picked => setTriggerValue("picked", picked))))
  sheet.setAttribute("aria-label", data.label)
  sheet.replaceChildren(text)
  markPages(sheet, text)
  desk.ubWatch?.disconnect()
  desk.ubWatch = new ResizeObserver(() => markPages(sheet, text))
  desk.ubWatch.observe(text)
  desk.scrollTop = place
  if (desk.ubFocus !== undefined && desk.ubFocus !== data.focus) {
    const block = [...text.children].find(child => child.dataset.key === data.chosen[0])
    const top = block === text.children[1] ? 0 : block ? block.offsetTop + text.offsetTop - 24 : 0
    desk.scrollTo({ top })
  }
  desk.ubFocus = data.focus
  return () => desk.ubWatch?.disconnect()
}
