/** The facts of the family's summary in plain words, with the mark that stands before each. */
import { agoWords, dayPartWords, dayWords, instantWords } from '#lib/care-ui/dates.ts';
import { listWords } from '#lib/care-ui/join-words.ts';
import { links } from '#lib/care-ui/links.ts';
import { vitalName } from '#lib/care-ui/names.ts';
import { incidentName, severityName } from '#lib/care-ui/state-names.ts';
import type { FamilyFact, SeenCode } from '#lib/domain/family-summary.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import { m } from '#lib/paraglide/messages.js';

/** fine: as it should be · watch: somebody keeps an eye on it · plain: neither. */
export type FactTone = 'fine' | 'watch' | 'plain';

/** Which picture stands before a fact. */
export type FactMark = 'calendar' | 'done' | 'now' | 'eye' | 'heart' | 'siren';

export interface FactWords {
	readonly text: string;
	/** When it was seen; null where the text says it. */
	readonly when: string | null;
	readonly tone: FactTone;
	readonly mark: FactMark;
	readonly href: string | null;
}

const SEEN: Readonly<Record<SeenCode, readonly [words: () => string, tone: FactTone]>> = {
	ate_well: [m.family_ate_well, 'fine'],
	ate_some: [m.family_ate_some, 'plain'],
	ate_poorly: [m.family_ate_poorly, 'watch'],
	drank_little: [m.family_drank_little, 'watch'],
	slept_well: [m.family_slept_well, 'fine'],
	slept_poorly: [m.family_slept_poorly, 'watch'],
	mood_good: [m.family_mood_good, 'fine'],
	mood_low: [m.family_mood_low, 'watch'],
	medicine_taken: [m.family_medicine_taken, 'fine'],
	medicine_missed: [m.family_medicine_missed, 'watch'],
	needs_watching: [m.family_needs_watching, 'watch']
};

const MARKS: Readonly<Record<FactTone, FactMark>> = { fine: 'done', watch: 'eye', plain: 'done' };

/** @param now ISO instant */
export function factWords(fact: FamilyFact, now: string): FactWords {
	const today = taipeiDay(now);
	const by = 'by' in fact ? (fact.by ?? m.family_somebody()) : '';
	switch (fact.code) {
		case 'visit_now':
			return {
				text: m.family_visit_now({ by }),
				when: agoWords(fact.at, now),
				tone: 'fine',
				mark: 'now',
				href: links.visit(fact.visitId)
			};
		case 'visit_last':
			return {
				text: m.family_visit_last({ by }),
				when: instantWords(fact.at, today),
				tone: 'fine',
				mark: 'done',
				href: links.visit(fact.visitId)
			};
		case 'visit_next':
			return {
				text: m.family_visit_next({ by }),
				when: instantWords(fact.at, today),
				tone: 'plain',
				mark: 'calendar',
				href: links.visit(fact.visitId)
			};
		case 'visit_none_yet':
			return plain(m.family_visit_none_yet(), 'calendar');
		case 'visit_none_planned':
			return plain(m.family_visit_none_planned(), 'calendar');
		case 'visit_missed':
		case 'visit_no_answer':
			return {
				text: fact.code === 'visit_missed' ? m.family_visit_missed() : m.family_visit_no_answer(),
				when: instantWords(fact.at, today),
				tone: 'watch',
				mark: 'eye',
				href: links.visit(fact.visitId)
			};
		case 'vitals_fine':
			return {
				text: m.family_vitals_fine(),
				when: dayWords(taipeiDay(fact.at), today),
				tone: 'fine',
				mark: 'heart',
				href: null
			};
		case 'vitals_watch':
			return {
				text: m.family_vitals_watch({
					kinds: listWords(fact.kinds.map(vitalName)),
					severity: severityName(fact.severity)
				}),
				when: dayWords(taipeiDay(fact.at), today),
				tone: 'watch',
				mark: 'heart',
				href: null
			};
		case 'incident_open':
		case 'incident_closed': {
			const event = incidentName(fact.incidentType);
			return {
				text:
					fact.code === 'incident_open'
						? m.family_incident_open({ event })
						: m.family_incident_closed({ event }),
				when: dayPartWords(fact.at, today),
				tone: fact.code === 'incident_open' ? 'watch' : 'plain',
				mark: 'siren',
				href: links.emergency(fact.emergencyId)
			};
		}
		case 'incident_none':
			return { ...plain(m.family_incident_none({ count: fact.days }), 'done'), tone: 'fine' };
		default: {
			const [words, tone] = SEEN[fact.code];
			return {
				text: words(),
				when: dayWords(taipeiDay(fact.at), today),
				tone,
				mark: MARKS[tone],
				href: null
			};
		}
	}
}

/** The one sentence at the top: the most that the family should know, never more worried than the facts. */
export function headline(facts: readonly FamilyFact[], name: string): string {
	if (facts.some((fact) => fact.code === 'incident_open')) return m.family_head_incident({ name });
	if (facts.some((fact) => fact.code === 'visit_now')) return m.family_head_now({ name });
	if (facts.some((fact) => fact.code === 'vitals_watch' || fact.code === 'needs_watching')) {
		return m.family_head_watch({ name });
	}
	if (facts.some((fact) => fact.code === 'visit_last')) return m.family_head_fine({ name });
	return m.family_head_new({ name });
}

function plain(text: string, mark: FactMark): FactWords {
	return { text, when: null, tone: 'plain', mark, href: null };
}
