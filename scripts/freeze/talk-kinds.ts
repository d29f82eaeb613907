/** Kinds of intents about tasks and threads that the last release did not know. */
import type { NewKind } from './new-kind.ts';

export const TALK_KINDS: readonly NewKind[] = [
	{
		mid: '11111111-0000-7000-8000-00000000b151',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'question.ask',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b152',
					case_id: '{{case}}',
					asked_role: 'nurse',
					body: '血壓藥要不要先停？'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b153',
		at: '2026-11-24T02:01:00.000Z',
		intent: {
			name: 'question_answer.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b154',
					case_id: '{{case}}',
					question_id: '11111111-0000-7000-8000-00000000b152',
					body: '補充：早上量的'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b155',
		at: '2026-11-24T02:02:00.000Z',
		intent: {
			name: 'question.withdraw',
			args: { id: '11111111-0000-7000-8000-00000000b152' }
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b141',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'task_rule.set',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b142',
					org_id: '{{org}}',
					kind: 'discharge',
					params: { on_days: [2, 7, 30] },
					active: true,
					title: '出院後追蹤',
					for_role: 'nurse'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b161',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'task_template.set',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b162',
					org_id: '{{org}}',
					title: '出院返家準備',
					steps: ['確認用藥', '確認輔具'],
					for_role: 'nurse',
					due_days: 2
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b163',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'task_series.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b164',
					case_id: '{{case}}',
					title: '確認藥盒',
					steps: ['早', '晚'],
					frequency: 'weekly',
					weekdays: [1, 4],
					starts_on: '2026-11-23',
					due_time: '10:00'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b165',
		at: '2026-11-24T02:01:00.000Z',
		intent: {
			name: 'task_series.patch',
			args: {
				id: '11111111-0000-7000-8000-00000000b164',
				patch: { active: [true, false] }
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b131',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'announcement.mark',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b132',
					org_id: '{{org}}',
					// The announcement of the fixture.
					message_id: '11111111-0000-7000-8000-000000000018',
					user_id: '{{me}}',
					kind: 'read'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000f1',
		at: '2026-11-22T02:00:00.000Z',
		intent: {
			name: 'message.read',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000f2',
					case_id: '{{case}}',
					audience: 'circle',
					read_through: '2026-11-22T02:00:00.000Z'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b121',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'message_pin.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b122',
					case_id: '{{case}}',
					// The message of the fixture.
					message_id: '11111111-0000-7000-8000-000000000017',
					audience: 'circle',
					pinned: true
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b141',
		at: '2026-11-24T02:00:00.000Z',
		intent: {
			name: 'task_check.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-00000000b142',
					case_id: '{{case}}',
					// The task of the fixture.
					task_id: '11111111-0000-7000-8000-000000000001',
					step: '確認藥袋',
					done: true
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-00000000b111',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'task.give',
			args: {
				// The task of the fixture.
				id: '11111111-0000-7000-8000-000000000001',
				at: '2026-11-23T02:00:00.000Z',
				to_id: '{{me}}',
				to_name: '督導',
				reply_minutes: 120,
				note: '那天請假'
			}
		}
	}
];
