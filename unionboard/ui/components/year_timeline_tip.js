// --- the tip: a row's facts beside the pointer, or below the row the keys stand on ------------------------------------------------

function watchTip(chart) {
  const { list } = chart
  const later = (wait, row, x, mark) => { clearTimeout(chart.tipping); chart.tipping = setTimeout(() => showTip(chart, row, x, mark), wait) }
  list.addEventListener("pointermove", event => {
    if (event.pointerType !== "mouse" || event.buttons) return
    const row = event.target.closest(".row"), mark = event.target.dataset?.mark
    if (!row) return hideTip(chart)
    if (row === chart.tipped && mark === chart.tippedMark) return
    hideTip(chart)
    later(350, row, event.clientX, mark)
  })
  list.addEventListener("pointerleave", () => hideTip(chart))
  list.addEventListener("focusin", event => {
    const row = event.target.closest(".row")
    hideTip(chart)
    if (row?.matches(":focus-visible")) later(600, row, null)
  })
  list.addEventListener("focusout", () => hideTip(chart))
}

function hideTip(chart) {
  clearTimeout(chart.tipping)
  chart.tip.hidden = true
  chart.tipped = chart.tippedMark = null
}

function showTip(chart, row, x, mark) {
  const facts = chart.rows.get(row.dataset.id), { words, looks } = chart.data
  if (!facts?.i || !row.isConnected) return
  chart.tipped = row
  chart.tippedMark = mark
  const [colour, symbol] = looks[facts.s], status = make("p", `status ${colour}`)
  addShape(status, symbol, colour)
  status.append(facts.w)
  const list = make("dl")
  for (const [name, value] of [[words.planned, facts.p], [words.base, facts.v], [words.done, facts.a], [words.owner, facts.o]]) {
    if (value) list.append(make("dt", "", name), make("dd", "", value))
  }
  chart.tip.replaceChildren(make("b", "", facts.t), status, list)
  if (facts.c) chart.tip.append(make("p", "", words.carried))
  if (mark !== undefined) facts.b[mark][3].split("\n").forEach((line, at) => chart.tip.append(make("p", at ? "" : "turn", line)))
  chart.tip.hidden = false
  const box = row.getBoundingClientRect(), own = chart.tip.getBoundingClientRect()
  const below = box.bottom + own.height + 8 < window.innerHeight
  const left = x ?? row.querySelector(".track").getBoundingClientRect().left
  chart.tip.style.left = `${Math.max(8, Math.min(left + 12, window.innerWidth - own.width - 8))}px`
  chart.tip.style.top = `${below ? box.bottom + 4 : box.top - own.height - 4}px`
}
