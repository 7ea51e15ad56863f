// How long the meeting has lasted, in minutes: 0:24, 1:05.
export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement
  const time = parentElement.querySelector("time")
  const draw = () => {
    const minutes = Math.max(0, Math.floor((Date.now() - data.since) / 60000))
    const label = innerWidth > 640 ? `${data.label} ` : "" // a phone's row has no room for it
    time.textContent = `${label}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`
  }
  clearInterval(host.ubTick)
  host.ubTick = setInterval(draw, 5000)
  draw()
  return () => clearInterval(host.ubTick)
}
