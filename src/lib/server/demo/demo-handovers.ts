/** Hand-over notes of the demo: the care workers of the prototype's five tell the next shift of yesterday. */
import type { Circle } from './demo-events.ts';
import { demoId, plusMinutes, written, type DemoRow } from './demo-rows.ts';

const NOTES = [
	['早上起身時頭有點暈，坐五分鐘後好了。', '扶她慢慢起身，再量一次血壓。'],
	['這兩天吃得比較少，只喝了半碗粥。', '請看午餐吃了多少，少於一半請通知護理師。'],
	['膝蓋比上週痛，走路比較慢。', '先不要走樓梯，洗澡請坐洗澡椅。'],
	['晚上起來兩次，白天比較想睡。', '午睡不要超過一小時。'],
	['藥盒昨天晚上那格還在。', '請看今天的藥有沒有吃。']
] as const;

export function demoHandovers(
	circles: readonly Circle[],
	now: string
): DemoRow<'handover_notes'>[] {
	const hoursAgo = (hours: number) => plusMinutes(now, -60 * hours);
	return NOTES.flatMap(([situation, recommendation], index) => {
		const circle = circles[index];
		if (!circle) return [];
		const { one, worker } = circle;
		return [
			{
				id: demoId('handover_note', one.key),
				case_id: demoId('case', one.key),
				situation,
				recommendation,
				covers_from: hoursAgo(40),
				covers_until: hoursAgo(16),
				author_name: worker.name,
				...written(worker.id, hoursAgo(16))
			}
		];
	});
}
