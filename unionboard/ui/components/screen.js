// Reports the room this component finds itself in: its own width, its place in the page, and the window's size.
export default function ({ parentElement, setStateValue }) {
  const host = parentElement.host ?? parentElement
  const report = () => {
    const box = host.getBoundingClientRect()
    const room = [box.width, box.top + (host.closest("section")?.scrollTop ?? 0), window.innerWidth, window.innerHeight].map(Math.round)
    const known = host.ubRoom
    if (!box.width || (known && room.every((value, at) => Math.abs(value - known[at]) < 9))) return
    host.ubRoom = room
    setStateValue("room", room)
  }
  if (!host.ubWatch) {
    let timer
    const later = () => { clearTimeout(timer); timer = setTimeout(report, 150) }
    host.ubWatch = new ResizeObserver(later)
    host.ubWatch.observe(host)
    window.addEventListener("resize", later)
    host.ubStop = () => { host.ubWatch.disconnect(); window.removeEventListener("resize", later); clearTimeout(timer); host.ubWatch = null }
  }
  report()
  return () => host.ubStop?.()
}
