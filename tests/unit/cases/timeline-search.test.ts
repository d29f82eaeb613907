/** Searching a person's timeline: pieces of what was written, names and their Zhuyin initials. */
import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '#lib/db/queries/case-timeline.ts';
import { loadNameSpeller } from '#lib/features/cases/name-speller.ts';
import { TimelineIndex } from '#lib/features/cases/timeline-index.ts';
import { entryText, type EntryText } from '#lib/features/cases/timeline-text.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { anEmergency, aRow, aTask, aVisit, NOW } from '../../fixtures/builders.ts';

overwriteGetLocale(() => 'zh-TW');
const words = { today: '2026-11-22', nameOf: () => null };

const entries: TimelineEntry[] = [
	{
		kind: 'visit',
		id: 'visit',
		at: NOW,
		visit: aVisit({ worker_name: '王小明', status: 'done' }),
		records: [
			{
				record: aRow('visit_records', {
					note: '早餐後追蹤血壓，睡前再量',
					done_codes: [{ code: 'BA07', quantity: 1, unit: 'time', price_ntd: 325 }],
					author_name: '王小明'
				}),
				isCorrected: false
			}
		],
		measurements: [],
		signatures: [aRow('record_signatures', { signer_name: '陳阿月', kind: 'typed' })]
	},
	{
		kind: 'emergency',
		id: 'emergency',
		at: NOW,
		emergency: anEmergency({ description: '浴室滑倒', reporter_name: 'Nguyễn Thị Đào' }),
		actions: [aRow('emergency_actions', { note: '血壓正常', author_name: '倪護理' })]
	},
	{
		kind: 'message',
		id: 'circle 2026-11-22',
		at: NOW,
		thread: 'circle',
		messages: [
			aRow('messages', { body: '最新的一則', author_name: '林秀華' }),
			aRow('messages', { body: '明天要回診', author_name: '林秀華' })
		]
	},
	{ kind: 'task', id: 'task', at: NOW, task: aTask({ title: '換藥', body: '傷口' }) }
];
const texts = entries.map((entry) => entryText(entry, words));

async function find(query: string, spelled = false): Promise<string[]> {
	const spell = spelled ? await loadNameSpeller() : null;
	return [...new TimelineIndex(texts, spell).find(query)].sort();
}

describe('what is found', () => {
	test.each([
		['睡前', ['visit']],
		['陳阿月', ['visit']],
		['浴', ['emergency', 'visit']],
		['沐浴', ['visit']],
		['血壓', ['emergency', 'visit']],
		['血壓 睡前', ['visit']],
		['回診', ['circle 2026-11-22']],
		['小明', ['visit']],
		['nguyen', ['emergency']],
		['ＮＧＵＹＥＮ', ['emergency']],
		['換藥', ['task']],
		['中風', []],
		['，', []]
	])('%s finds %j', async (query, ids) => {
		expect(await find(query)).toEqual(ids);
	});

	test('two words written as one find where they stand apart, when nothing holds them together', async () => {
		expect(await find('血壓早餐')).toEqual(['visit']);
	});

	test('a person is found by the Zhuyin initials of the name', async () => {
		expect(await find('ㄨㄒㄇ', true)).toEqual(['visit']);
		expect(await find('ㄒㄇ', true)).toEqual(['visit']);
		expect(await find('ㄨㄒㄇ')).toEqual([]);
	});
});

test('each entry says whom it names, once', () => {
	expect(texts.map(({ people }) => people)).toEqual([
		['王小明', '陳阿月'],
		['Nguyễn Thị Đào', '倪護理'],
		['林秀華'],
		['護理師']
	]);
});

test('every entry of thousands stays findable by a word of its own', () => {
	const many: EntryText[] = Array.from({ length: 2000 }, (_, nr) => ({
		id: `e${nr}`,
		text: `第${nr}次訪視，早餐吃了大半，血壓量過，散步三十分鐘，心情平穩`,
		people: ['王小明']
	}));
	const index = new TimelineIndex(many, null);
	expect([...index.find('散步')]).toHaveLength(2000);
	expect([...index.find('第1234次')]).toEqual(['e1234']);
});
