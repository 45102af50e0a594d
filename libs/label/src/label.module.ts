import { Module } from '@nestjs/common';
import { PassportModule } from '@daodi/passport';
import { LabelsController } from './labels.controller';
import { Labels } from './labels.service';

/** Codes to print. Needs what `PassportModule` needs, and the signed-in caller of `RegistryModule`. */
@Module({ imports: [PassportModule], controllers: [LabelsController], providers: [Labels], exports: [Labels] })
export class LabelModule {}
