/** Where on the body a wound is: the places where home nurses most often follow one, so that pictures of one wound stand together. */
export const BODY_SITES = [
	'sacrum',
	'hip_left',
	'hip_right',
	'buttock_left',
	'buttock_right',
	'heel_left',
	'heel_right',
	'ankle_left',
	'ankle_right',
	'foot_left',
	'foot_right',
	'leg_left',
	'leg_right',
	'arm_left',
	'arm_right',
	'back',
	'belly',
	'chest',
	'head',
	'other'
] as const;

export type BodySite = (typeof BODY_SITES)[number];

/** Null for a place that this release does not know. */
export function knownSite(code: string | null): BodySite | null {
	return BODY_SITES.find((site) => site === code) ?? null;
}
