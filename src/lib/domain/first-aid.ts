/**
 * What whoever is there does until help comes, for the incidents in which minutes decide: which steps, in which order, and from where.
 * The words are the features'. An organisation's clinician confirms them before they are relied on; until then the screen says so.
 */
import type { PublicNumber } from './emergency-calls.ts';

export interface FirstAidGuide<StepId extends string = FirstAidStepId> {
	readonly steps: readonly FirstAidStep<StepId>[];
	/** Guideline and year; null for what is good practice and stands in none. */
	readonly source: string | null;
}

interface FirstAidStep<StepId extends string> {
	readonly id: StepId;
	/** The step is to call. */
	readonly call?: PublicNumber;
}

const GUIDES = {
	choking: {
		steps: [
			{ id: 'choking.cough' },
			{ id: 'choking.call', call: '119' },
			{ id: 'choking.back' },
			{ id: 'choking.thrusts' },
			{ id: 'choking.repeat' },
			{ id: 'choking.limp' },
			{ id: 'choking.after' }
		],
		source: 'AHA Guidelines for CPR and ECC 2025; ERC Guidelines 2025'
	},
	unconscious: {
		steps: [
			{ id: 'unconscious.shout' },
			{ id: 'unconscious.call', call: '119' },
			{ id: 'unconscious.breathing' },
			{ id: 'unconscious.press' },
			{ id: 'unconscious.aed' },
			{ id: 'unconscious.side' },
			{ id: 'unconscious.papers' }
		],
		source: 'AHA Guidelines for CPR and ECC 2025; 衛生福利部「叫叫CD」'
	},
	stroke: {
		steps: [
			{ id: 'stroke.fast' },
			{ id: 'stroke.call', call: '119' },
			{ id: 'stroke.time' },
			{ id: 'stroke.nothing' },
			{ id: 'stroke.lie' },
			{ id: 'stroke.bag' }
		],
		source: '衛生福利部國民健康署「微笑、舉手、說你好」(FAST)'
	},
	chest: {
		steps: [
			{ id: 'chest.sit' },
			{ id: 'chest.call', call: '119' },
			{ id: 'chest.own_medicine' },
			{ id: 'chest.stay' },
			{ id: 'chest.worse' }
		],
		source: 'AHA/Red Cross Guidelines for First Aid 2024'
	},
	fall: {
		steps: [
			{ id: 'fall.leave' },
			{ id: 'fall.call', call: '119' },
			{ id: 'fall.bleeding' },
			{ id: 'fall.warm' },
			{ id: 'fall.up' },
			{ id: 'fall.watch' }
		],
		source: 'NICE NG232 (2023); AHA/Red Cross Guidelines for First Aid 2024'
	},
	low_glucose: {
		steps: [
			{ id: 'low_glucose.awake' },
			{ id: 'low_glucose.again' },
			{ id: 'low_glucose.eat' },
			{ id: 'low_glucose.asleep', call: '119' },
			{ id: 'low_glucose.nurse' }
		],
		source: 'ADA Standards of Care 2025, §6'
	},
	no_answer: {
		steps: [
			{ id: 'no_answer.knock' },
			{ id: 'no_answer.look' },
			{ id: 'no_answer.call', call: '119' },
			{ id: 'no_answer.ask' },
			{ id: 'no_answer.open', call: '110' },
			{ id: 'no_answer.wait' }
		],
		source: null
	}
} as const satisfies Record<string, FirstAidGuide<string>>;

export type FirstAidGuideId = keyof typeof GUIDES;
export type FirstAidStepId = (typeof GUIDES)[FirstAidGuideId]['steps'][number]['id'];

const GUIDE_OF_INCIDENT: Readonly<Record<string, FirstAidGuideId>> = {
	CHOKE: 'choking',
	UNCON: 'unconscious',
	STROKE: 'stroke',
	CHEST: 'chest',
	FALL: 'fall',
	HYPOG: 'low_glucose',
	NOANS: 'no_answer'
};

/** Null where nothing is to be done at once that everybody would not do anyway. */
export function firstAidFor(incident: string): FirstAidGuideId | null {
	return GUIDE_OF_INCIDENT[incident] ?? null;
}

export function firstAidGuide(id: FirstAidGuideId): FirstAidGuide {
	return GUIDES[id];
}
