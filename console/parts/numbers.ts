import { size } from "../../cli/output/people";
import { PROTOCOLS, SERVICES } from "../../queries/views";

const PREFIXES = ["", "k", "M", "G", "T", "P"];

/** A number with an SI prefix and a unit, at most three digits: 12.3 Mbit/s. */
export const si = (value: number, unit = ""): string => {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.abs(value) || 1) / 3), 0), PREFIXES.length - 1);
  const scaled = value / 1000 ** step;
  return `${Number(scaled.toPrecision(3))} ${PREFIXES[step]}${unit}`.trimEnd();
};

export const grouped = (value: number): string => value.toLocaleString("en");

export const bytesText = (value: number): string => size(value);

/** Returns a share in whole per cent, or "<0.1 %" for one that is above zero and smaller. */
export const share = (value: number, total: number): string => {
  if (total === 0) return "";
  const percent = (100 * value) / total;
  if (percent > 0 && percent < 0.1) return "<0.1 %";
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
};

export const protocolName = (protocol: number | string | null): string => PROTOCOLS[Number(protocol)] ?? "";
export const serviceName = (port: number | string | null): string => SERVICES[Number(port)] ?? "";

/** Returns a time in UTC: 2026-01-15 10:30. */
export const utc = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
