/** Consents to photos of the demo: three of the prototype's five have one, so that both states can be seen. */
import type { CaseConsentRow } from '#lib/domain/rows.ts';
import { taipeiDay } from '#lib/domain/taiwan-dates.ts';
import type { Circle } from './demo-events.ts';
import { demoId, written, type DemoRow } from './demo-rows.ts';

const DAY_MS = 24 * 3_600_000;

const RELATIONS: readonly CaseConsentRow['relation'][] = ['self', 'self', 'family'];

export function demoConsents(circles: readonly Circle[], now: string): DemoRow<'case_consents'>[] {
	const at = new Date(Date.parse(now) - 30 * DAY_MS).toISOString();
	return RELATIONS.flatMap((relation, index) => {
		const circle = circles[index];
		if (!circle) return [];
		const { one, worker } = circle;
		return [
			{
				id: demoId('consent', one.key),
				case_id: demoId('case', one.key),
				relation,
				given_by: relation === 'self' ? one.name : `${one.name.slice(0, 1)}家屬`,
				how: 'paper',
				given_on: taipeiDay(at),
				author_name: worker.name,
				...written(worker.id, at)
			}
		];
	});
}
