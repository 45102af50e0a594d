import { OneOf, Pattern } from '@daodi/registry';
import { AmountOrZero, Word } from '../form/fields';
import type { Work } from '../form/work';

/** Temperature and humidity of a place, as somebody or something read them. */
export class ReadingDto {
  @Pattern(/^-?\d{1,3}(\.\d{1,2})?$/, { optional: true, description: 'Temperature in degrees Celsius, as decimal text. 温度（℃）', example: '18.5' })
  temperatureCelsius?: string;

  @AmountOrZero({ optional: true, description: 'Relative humidity in per cent. 相对湿度（%）', example: '58' })
  humidityPercent?: string | number;

  @OneOf(['manual', 'device'], { description: 'Where the reading comes from. 数据来源', meanings: { manual: '人工读数 read by a person', device: '设备读数 sent by an instrument' }, example: 'manual' })
  source: string;

  @Word(60, { optional: true, description: 'Number of the instrument. 仪器编号', example: 'TH-03' })
  device?: string;
}

/** What was read, as EPCIS has it: UN/ECE codes CEL and P1, types of the GS1 web vocabulary (EPCIS 2.0 section 7.3.7). */
export function sensorElement(work: Work, { temperatureCelsius, humidityPercent, source, device }: ReadingDto) {
  const reports = [
    ...(temperatureCelsius === undefined ? [] : [{ type: 'gs1:Temperature', value: Number(temperatureCelsius), uom: 'CEL' }]),
    ...(humidityPercent === undefined ? [] : [{ type: 'gs1:RelativeHumidity', value: work.exact(humidityPercent, '/reading/humidityPercent'), uom: 'P1' }]),
  ];
  if (reports.length === 0) work.fault('/reading', 'no-reading', '请填写温度或湿度', 'say the temperature or the humidity');
  if (Number(humidityPercent ?? 0) > 100) work.fault('/reading/humidityPercent', 'humidity', '相对湿度不超过 100', 'relative humidity is at most 100 per cent');
  return [{ sensorMetadata: { 'daodi:source': source, ...(device !== undefined && { 'daodi:device': device }) }, sensorReport: reports }];
}
