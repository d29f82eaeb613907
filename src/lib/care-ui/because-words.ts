/** Why a rule made a task, or would have: its facts in one sentence. */
import type { TaskBecause } from '#lib/domain/task-rules.ts';
import { m } from '#lib/paraglide/messages.js';
import { fullDayWords, instantWords } from './dates.ts';
import { vitalName } from './names.ts';
import { vitalText } from './vitals.ts';

/** @param today Taipei day */
export function becauseWords(because: TaskBecause, today: string): string {
	switch (because.kind) {
		case 'missed_visit': {
			const when = instantWords(because.starts_at, today);
			const who = because.worker_name ?? m.care_because_nobody();
			if (because.status === 'no_answer') return m.care_because_no_answer({ when, who });
			return because.status === 'missed'
				? m.care_because_missed({ when, who })
				: m.care_because_not_begun({ when, who });
		}
		case 'measurement_overdue':
			return m.care_because_overdue({
				vital: vitalName(because.vital),
				days: because.days,
				when: instantWords(because.last_at, today)
			});
		case 'abnormal_values': {
			const { vital, value, value2, count, days } = because;
			return m.care_because_abnormal({
				vital: vitalName(vital),
				count,
				days,
				value: vitalText({ kind: vital, value, value2, context: null }),
				when: instantWords(because.last_at, today)
			});
		}
		case 'plan_ends':
			return m.care_because_plan_ends({ day: fullDayWords(because.valid_until) });
		case 'discharge':
			return m.care_because_discharge({
				day: fullDayWords(because.discharged_on),
				days: because.days
			});
	}
}
