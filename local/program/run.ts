import type { RecordingMonitor } from "./monitor";
import type { Project } from "./project";

/** A program that is about to run: its project, its stack's configuration as text, and what records its resources. */
export interface Run {
  project: Project;
  stack: string;
  config: Record<string, string>;
  monitor: RecordingMonitor;
}

/** Output of a program, beside its resources. */
export interface Ran {
  outputs: Record<string, unknown>;
  warnings: string[];
}
