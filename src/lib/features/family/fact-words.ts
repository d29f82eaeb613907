/** The facts of the family's summary as sentences in plain words; numbers are never interpreted here. */
import { clock } from '#lib/care-ui/clock.svelte.ts';
import { dayPartWords, instantWords } from '#lib/care-ui/dates.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { incidentName, vitalName } from '#lib/care-ui/names.ts';
import type { FamilyFact, SeenCode } from '#lib/domain/family-summary.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Tone } from '#lib/ui/tone.ts';

export interface FactWords {
	readonly text: string;
	readonly tone: Tone;
}

const SEEN: Readonly<Record<SeenCode, { readonly text: () => string; readonly tone: Tone }>> = {
	ate_well: { text: m.family_ate_well, tone: 'success' },
	ate_some: { text: m.family_ate_some, tone: 'none' },
	ate_poorly: { text: m.family_ate_poorly, tone: 'warning' },
	drank_little: { text: m.family_drank_little, tone: 'warning' },
	slept_well: { text: m.family_slept_well, tone: 'success' },
	slept_poorly: { text: m.family_slept_poorly, tone: 'warning' },
	mood_good: { text: m.family_mood_good, tone: 'success' },
	mood_low: { text: m.family_mood_low, tone: 'warning' },
	medicine_taken: { text: m.family_medicine_taken, tone: 'success' },
	medicine_missed: { text: m.family_medicine_missed, tone: 'warning' },
	needs_watching: { text: m.family_needs_watching, tone: 'warning' }
};

export function factWords(fact: FamilyFact): FactWords {
	const when = 'at' in fact ? instantWords(fact.at, clock.today) : '';
	const who = 'by' in fact ? (fact.by ?? m.family_somebody()) : '';
	switch (fact.code) {
		case 'visit_now':
			return { text: m.family_visit_now({ who }), tone: 'info' };
		case 'visit_last':
			return { text: m.family_visit_last({ when, who }), tone: 'success' };
		case 'visit_next':
			return { text: m.family_visit_next({ when, who }), tone: 'none' };
		case 'visit_none_yet':
			return { text: m.family_visit_none_yet(), tone: 'none' };
		case 'visit_none_planned':
			return { text: m.family_visit_none_planned(), tone: 'none' };
		case 'visit_missed':
			return { text: m.family_visit_missed({ when }), tone: 'warning' };
		case 'visit_no_answer':
			return { text: m.family_visit_no_answer({ when }), tone: 'warning' };
		case 'vitals_fine':
			return { text: m.family_vitals_fine(), tone: 'success' };
		case 'vitals_watch':
			return {
				text: m.family_vitals_watch({ kinds: listWords(fact.kinds.map(vitalName)) }),
				tone: 'warning'
			};
		case 'incident_open':
		case 'incident_closed': {
			const inputs = {
				event: incidentName(fact.incidentType),
				when: dayPartWords(fact.at, clock.today)
			};
			return fact.code === 'incident_open'
				? { text: m.family_incident_open(inputs), tone: 'warning' }
				: { text: m.family_incident_closed(inputs), tone: 'none' };
		}
		case 'incident_none':
			return { text: m.family_incident_none({ days: fact.days }), tone: 'success' };
		default:
			return { text: SEEN[fact.code].text(), tone: SEEN[fact.code].tone };
	}
}
