import { watchCharts } from "./brush";
import { askFindings } from "./findings";
import { watchLake } from "./live";
import { sortTables } from "./sort";
import { watchZone } from "./zone";

/** Adds pointer handlers to the page. Runs again when the page's content is replaced. */
const enhance = () => {
  watchCharts();
  sortTables();
  askFindings();
};

enhance();
const showTimes = watchZone();
watchLake(() => {
  enhance();
  showTimes();
});
