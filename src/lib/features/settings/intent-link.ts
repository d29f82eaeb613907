/** Where in the app the record stands that an intent is about. */
import { links } from '#lib/care-ui/links.ts';
import type { NamedEntry } from '#lib/db/queries/settings.ts';

/**
 * A refused intent is not in the view any more, so what it would have created cannot be opened; then the place where it
 * belongs is. Null when there is none.
 */
export function intentHref({ entry, caseId }: NamedEntry): string | null {
	const { name, args } = entry.mutation;
	if (name === 'visit_record.add' || name === 'measurement.add') {
		return args.row.visit_id ? links.visit(args.row.visit_id) : caseHref(caseId);
	}
	if (name === 'attachment.add' && args.row.visit_id) return links.visit(args.row.visit_id);
	if (name === 'absence.add' || name === 'absence.end') return links.leave;
	if (name === 'office_day.set') return links.officeCalendar;
	if (name === 'duty.add' || name === 'duty.change') return links.duty;
	if (name === 'ladder.set') {
		return args.row.case_id ? links.laddersOf(args.row.case_id) : links.ladders;
	}
	if (name === 'task_rule.set') return links.taskRules;
	if (name === 'task_template.set') return links.taskTemplates;
	if (name === 'task_series.add') return links.taskSeries;
	if (name === 'task_series.patch') return links.seriesOfTasks(args.id);
	if (name === 'travel.add') return links.travel;
	if (name === 'visit_offer.make' || name === 'visit_offer.withdraw') return links.cover;
	if (name === 'visit_offer.accept' || name === 'visit_offer.decline') return links.dashboard;
	if (name === 'task_comment.add' && args.row.task_id) return links.task(args.row.task_id);
	if (name === 'handover_note.add' && caseId !== null) return links.handovers(caseId);
	if (caseId !== null && /^(medication|device|plan_code)\./.test(name)) {
		return links.case(caseId, 'care');
	}
	if (name === 'message.send') return threadHref(args.row.case_id, args.row.audience);
	if ('id' in args) {
		if (name.startsWith('visit.')) return links.visit(args.id);
		if (name.startsWith('task.')) return links.task(args.id);
		if (name.startsWith('emergency.')) return links.emergency(args.id);
	}
	return caseHref(caseId);
}

function caseHref(caseId: string | null): string | null {
	return caseId === null ? null : links.case(caseId);
}

function threadHref(caseId: string | null | undefined, audience: string | undefined): string {
	if (!caseId) return links.messages;
	return links.thread(caseId, audience === 'staff' ? 'staff' : 'circle');
}
