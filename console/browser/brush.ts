/** The time at an end of a drag over a chart, in epoch seconds. */
const momentAt = (chart: SVGSVGElement, clientX: number): number => {
  const { left, width } = chart.getBoundingClientRect();
  const [from, to, start, end] = ["from", "to", "left", "right"].map((name) => Number(chart.dataset[name]));
  const share = ((clientX - left) / width - start) / (end - start);
  return Math.round(from + Math.min(Math.max(share, 0), 1) * (to - from));
};

/** Opens the same page with the window from one time to another. */
const look = (from: number, to: number) => {
  const address = new URL(location.href);
  address.searchParams.delete("last");
  address.searchParams.set("from", String(from));
  address.searchParams.set("to", String(to));
  location.assign(address);
};

/** The shortest drag, in pixels. A shorter movement is a click. */
const LEAST = 6;

const brush = (chart: SVGSVGElement) => {
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  mark.setAttribute("class", "brush");
  let start: number | undefined;
  const place = (x: number) => {
    if (start === undefined) return;
    const scale = chart.viewBox.baseVal.width / chart.getBoundingClientRect().width;
    const left = (Math.min(start, x) - chart.getBoundingClientRect().left) * scale;
    mark.setAttribute("x", String(left));
    mark.setAttribute("width", String(Math.abs(x - start) * scale));
    mark.setAttribute("height", String(chart.viewBox.baseVal.height));
  };
  chart.addEventListener("pointerdown", (event) => {
    start = event.clientX;
    chart.setPointerCapture(event.pointerId);
    chart.append(mark);
    place(start);
  });
  chart.addEventListener("pointermove", (event) => place(event.clientX));
  chart.addEventListener("pointerup", (event) => {
    mark.remove();
    const began = start;
    start = undefined;
    if (began === undefined || Math.abs(event.clientX - began) < LEAST) return;
    const [from, to] = [began, event.clientX].map((x) => momentAt(chart, x)).sort((a, b) => a - b);
    look(from, to);
  });
};

/** Lets the user choose a window by dragging over a chart. */
export const watchCharts = () => {
  for (const chart of document.querySelectorAll<SVGSVGElement>("svg.time")) brush(chart);
};
