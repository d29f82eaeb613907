/** Kinds of intents about care and its planning that the last release did not know. */
import type { NewKind } from './new-kind.ts';

export const CARE_KINDS: readonly NewKind[] = [
	{
		mid: '11111111-0000-7000-8000-0000000000a1',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'household_code.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000a2',
					case_id: '{{case}}',
					digest: 'a1'.repeat(32)
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000a3',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'visit_place.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000a4',
					case_id: '{{case}}',
					// The visit of the fixture.
					visit_id: '11111111-0000-7000-8000-000000000003',
					via: 'camera',
					proof: 'b2'.repeat(32)
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000a7',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'household_point.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000a8',
					case_id: '{{case}}',
					latitude: 23.5,
					longitude: 121.2,
					accuracy_m: 12
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000a9',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'visit_place.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000aa',
					case_id: '{{case}}',
					visit_id: '11111111-0000-7000-8000-000000000003',
					via: 'position',
					step: 'check_in',
					position: 'measured',
					distance_m: 20,
					accuracy_m: 50
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000a5',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'visit_remark.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000a6',
					case_id: '{{case}}',
					visit_id: '11111111-0000-7000-8000-000000000003',
					kind: 'late',
					reason: 'traffic'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000b1',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'record_signature.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000b2',
					case_id: '{{case}}',
					// The record of the fixture's visit.
					record_id: '11111111-0000-7000-8000-00000000000c',
					kind: 'drawn',
					signer_name: '陳阿月',
					relation: 'self',
					statement: '我看過上面的紀錄。',
					strokes: 'M100 100l300 100 100 -100'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000b3',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'record_review.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000b4',
					case_id: '{{case}}',
					record_id: '11111111-0000-7000-8000-00000000000c',
					verdict: 'returned',
					reason: '血壓寫反了'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000d1',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'emergency.notify',
			args: {
				// The emergency of the fixture.
				id: '11111111-0000-7000-8000-000000000007',
				action_id: '11111111-0000-7000-8000-0000000000d2',
				note: '受理 113-0001'
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000d3',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'visit_record.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000d4',
					case_id: '{{case}}',
					note: '午餐吃一半'
				},
				measurements: [{ id: '11111111-0000-7000-8000-0000000000d5', kind: 'pulse', value: 72 }]
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000f3',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'office_day.set',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000f4',
					org_id: '{{org}}',
					day: '2027-01-01',
					kind: 'holiday',
					name: '開國紀念日'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000e1',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'ladder.set',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000e2',
					org_id: '{{org}}',
					case_id: null,
					severity: 'red',
					steps: [{ after: 0, to: ['circle', 'duty'], second: true }],
					repeat_minutes: 10,
					repeats: 6,
					active: true
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000e3',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'duty.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000e4',
					org_id: '{{org}}',
					user_id: '{{me}}',
					weekdays: [1, 2, 3, 4, 5],
					on_holidays: false,
					starts_at_time: '18:00',
					ends_at_time: '08:00',
					valid_from: '2026-11-23'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000e5',
		at: '2026-11-23T02:01:00.000Z',
		intent: {
			name: 'duty.change',
			args: {
				id: '11111111-0000-7000-8000-0000000000e4',
				patch: { ends_at_time: ['08:00', '07:00'] }
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000e6',
		at: '2026-11-23T02:01:00.000Z',
		intent: {
			name: 'travel.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000e7',
					org_id: '{{org}}',
					user_id: '{{me}}',
					user_name: '{{name}}',
					travelled_on: '2026-11-23',
					means: 'scooter',
					minutes: 25,
					km: 8.5
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000c1',
		at: '2026-11-23T02:00:00.000Z',
		intent: {
			name: 'plan_code.add',
			args: {
				row: {
					id: '11111111-0000-7000-8000-0000000000c2',
					case_id: '{{case}}',
					code: 'BA07',
					units_month: 13,
					times_week: 3,
					valid_from: '2026-11-01',
					provider: '山城長照'
				}
			}
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000c3',
		at: '2026-11-23T02:01:00.000Z',
		intent: {
			name: 'plan_code.patch',
			args: { id: '11111111-0000-7000-8000-0000000000c2', patch: { times_week: [3, 2] } }
		}
	},
	{
		mid: '11111111-0000-7000-8000-0000000000c4',
		at: '2026-11-23T02:02:00.000Z',
		intent: {
			name: 'plan_code.end',
			args: {
				id: '11111111-0000-7000-8000-0000000000c2',
				at: '2026-11-23T02:02:00.000Z',
				reason: '計畫異動'
			}
		}
	}
];
