import { type Settings, settingsFrom } from "../../components/settings";

/** Returns the settings of a component that is given a VPC and nothing else. */
export const defaults = (): Settings => settingsFrom("flows", { vpcs: { main: "vpc-0123456789abcdef0" } });
