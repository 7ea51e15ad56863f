// --- months, terms, festivals, today -------------------------------------------------------------------------------------------

function drawHead(chart) {
  const { data } = chart, { words } = data
  const sign = JSON.stringify([data.days, data.today, data.months, data.ticks, data.festivals, data.terms, data.based, words, data.groups.length > 1])
  if (chart.headSign === sign) return
  chart.headSign = sign
  chart.root.setAttribute("role", "group")
  chart.root.setAttribute("aria-label", words.label)
  chart.root.setAttribute("aria-describedby", "hint")
  chart.root.classList.toggle("few", data.months.length < 5)
  chart.root.classList.toggle("based", data.based)
  const corner = make("div", "corner"), line = make("div", "line")
  line.append(make("b", "", words.summary))
  if (data.groups.length > 1) line.append(foldButton(chart, words.foldAll, "fold", false), foldButton(chart, words.unfoldAll, "unfold", true))
  corner.append(line, makeLegend(data))
  chart.head.replaceChildren(corner, makeTime(data), make("b", "status", words.status), make("b", "owner", words.owner))
  drawGround(chart)
}

function foldButton(chart, label, name, open) {
  const button = make("button", `tool ${name}`)
  button.type = "button"
  button.title = label
  button.setAttribute("aria-label", label)
  button.onclick = () => fold(chart, chart.data.groups.map(group => group.k), open)
  return button
}

function makeLegend({ words, based }) {
  const legend = make("div", "legend")
  const base = based ? [["was", words.base]] : []
  const marks = [["plan", words.plan], ["done", words.actual], ...base, ["soft", words.soft], ["done short", words.short], ["made", words.duty]]
  for (const [look, text] of marks) {
    const entry = make("span", "")
    entry.append(make("i", look), text)
    legend.append(entry)
  }
  return legend
}

function makeTime(data) {
  const time = make("div", "time")
  const add = (row, first, days, name, text) => row.appendChild(put(make("span", name, text), data, first, days))
  if (data.terms.length) {
    const terms = time.appendChild(make("div", "terms"))
    for (const [first, days, text] of data.terms) add(terms, first, days, "term").append(make("span", "text", text))
  }
  const months = time.appendChild(make("div", "months"))
  for (const one of data.months) {
    const [first, days, long, short, year] = one
    const month = add(months, first, days, isCurrent(data, one) ? "month current" : "month")
    month.append(make("span", "long", long), make("span", "brief", short))
    if (year) month.append(make("small", "", year))
  }
  if (data.ticks.length) {
    const ticks = time.appendChild(make("div", "ticks"))
    const between = number => data.days <= 45 && number > 1 && number % 5 ? " between" : ""
    for (const [day, number, free] of data.ticks) add(ticks, day, 1, `tick${free ? " free" : ""}${between(number)}`, String(number))
  }
  const names = time.appendChild(make("div", "names"))
  if (holdsToday(data)) add(names, data.today, 1, "name flag", data.words.today)
  for (const [first, days, text] of data.festivals) add(names, first, days, "name", text)
  return time
}

const isCurrent = (data, [first, days]) => data.months.length > 1 && isNow(data, first, days)
const isNow = (data, first, days) => data.today >= first && data.today < first + days
const holdsToday = data => isNow(data, 0, data.days)

// What lies behind all rows: this month, month lines, festivals, days off; and before them today's line.
function drawGround(chart) {
  const { data } = chart
  const add = (name, first, days) => put(make("i", name), data, first, days)
  const lines = data.months.map(one => add(isCurrent(data, one) ? "month current" : "month", one[0], one[1]))
  const free = data.days <= 45 ? data.ticks.filter(tick => tick[2]).map(([day]) => add("free", day, 1)) : []
  const weeks = data.ticks.length && !free.length ? data.ticks.map(([day]) => add("week", day, 1)) : []
  chart.ground.replaceChildren(...lines, ...free, ...weeks, ...data.festivals.map(([first]) => add("festival", first, 1)))
  chart.now.replaceChildren(...holdsToday(data) ? [add("today", data.today, 1)] : [])
  const edges = data.months.slice(1).map(([first]) => `calc(${(100 * first / data.days).toFixed(3)}% - 0.5px)`)
  const stops = edges.map(edge => `transparent ${edge}, var(--rule) ${edge}, var(--rule) calc(${edge} + 1px), transparent calc(${edge} + 1px)`)
  const current = data.months.find(one => isCurrent(data, one))
  const [from, to] = current ? [current[0], current[0] + current[1]].map(day => `${(100 * day / data.days).toFixed(3)}%`) : ["0%", "0%"]
  const noon = `${(100 * (data.today + 0.5) / data.days).toFixed(3)}%`
  const today = `linear-gradient(90deg, transparent calc(${noon} - 0.8px), var(--today) calc(${noon} - 0.8px) calc(${noon} + 0.8px), transparent calc(${noon} + 0.8px))`
  const shade = `linear-gradient(90deg, transparent ${from}, var(--shade) ${from} ${to}, transparent ${to})`
  chart.root.style.setProperty("--months", [
    holdsToday(data) ? today : "none", stops.length ? `linear-gradient(90deg, ${stops.join(", ")})` : "none", shade,
  ].join(", "))
}

// Names of days stand where they fit: inside the time, today's flag first, none over another; a name may give way a little.
const GIVES_WAY = 14

function placeNames(chart, width) {
  for (const term of chart.head.querySelectorAll(".term .text")) term.classList.toggle("tight", term.scrollWidth > term.clientWidth)
  let end = -Infinity, flag = null
  for (const name of chart.head.querySelectorAll(".name")) {
    const half = name.offsetWidth / 2, [x, days] = ["--x", "--w"].map(one => parseFloat(name.style.getPropertyValue(one)))
    const wanted = Math.min(Math.max(width * (x + days / 2) / 100, half), width - half)
    const isFlag = name.classList.contains("flag")
    const middle = isFlag ? wanted : Math.max(wanted, end + 6 + half)
    const clear = middle - wanted <= GIVES_WAY && middle + half <= width && !(flag && middle + half + 4 > flag[0] && middle - half - 4 < flag[1])
    name.style.left = `${middle}px`
    name.style.visibility = clear ? "" : "hidden"
    if (isFlag) flag = [middle - half, middle + half]
    else if (clear) end = middle + half
  }
}
