/** The timeline's entries in words. */
import type { TimelineKind } from '#lib/db/queries/case-timeline.ts';
import type { VisitRecordRow } from '#lib/domain/rows.ts';
import { visitFieldName } from '#lib/care-ui/names.ts';
import { localName } from '#lib/care-ui/state-names.ts';
import { visitOption } from '#lib/domain/code-tables.ts';
import type { Severity } from '#lib/domain/severity.ts';
import { VISIT_FIELDS } from '#lib/domain/visit-options.ts';
import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<TimelineKind, () => string>> = {
	visit: m.cases_kind_visit,
	handover: m.handover_title,
	question: m.questions_of_case,
	measurement: m.cases_kind_measurement,
	emergency: m.cases_kind_emergency,
	task: m.cases_kind_task,
	message: m.cases_kind_message,
	change: m.cases_kind_change,
	member: m.cases_kind_member
};

export function kindWords(kind: TimelineKind): string {
	return KINDS[kind]();
}

export interface Observation {
	readonly field: string;
	readonly text: string;
	readonly concern: Severity;
}

/** What was seen; what nobody could say is left out. */
export function observations(record: VisitRecordRow): Observation[] {
	return VISIT_FIELDS.flatMap((field): Observation[] => {
		const option = visitOption(field, record[field]);
		if (option === null || option.code === 'unknown') return [];
		return [{ field: visitFieldName(field), text: localName(option), concern: option.concern }];
	});
}
