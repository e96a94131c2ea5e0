/** Where docs/ops.md puts each public function. */
export interface OpFamily {
  readonly title: string;
  readonly text?: string;
  readonly names: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const families: readonly OpFamily[] = [
  {
    title: "Activations",
    text:
      "All but softmax and its logarithm run in `elementwise/map` or `elementwise/broadcast`, forward and backward, fused with " +
      "their neighbours, and as epilogues of products, convolutions and sums. Finite for every finite input.",
    names:
      words(`linear relu relu6 leakyRelu prelu elu selu celu gelu silu swish mish softplus hardSwish sigmoid
      hardSigmoid logSigmoid tanh hardTanh arctan softsign binaryStep softmax logSoftmax`),
  },
  {
    title: "Elementwise",
    names:
      words(`add sub mul div neg abs sign exp log log1p expm1 sqrt rsqrt reciprocal square pow sin cos erf floor ceil
      round clamp minimum maximum cast`),
  },
  {
    title: "Comparison",
    text: "1 where it holds, else 0, as f32. NaN and infinities are told by their bits.",
    names: words("equal notEqual less lessEqual greater greaterEqual where isFinite isNaN"),
  },
  {
    title: "Reductions",
    text: "In a fixed order: two runs on one adapter give the same bits. Long rows are folded in parts.",
    names:
      words(`sum mean variance standardDeviation max min product argmax argmin logSumExp norm cumsum cumprod accuracy
      correct labelRank`),
  },
  {
    title: "Movement",
    names:
      words(`reshape transpose expand broadcastTo squeeze unsqueeze slice pad concat split stack flip tile repeat roll
      gather takeAlongAxis scatterAdd oneHot embedding tril triu causalMask pack`),
  },
  { title: "Constants", names: words("zeros ones full zerosLike onesLike eye arange linspace") },
  { title: "Linear algebra", names: words("matmul matvec outer dot einsum") },
  {
    title: "Convolution",
    text:
      "With columns and a product, without columns, or by Winograd's transforms: chosen by size and memory, or by tuning. " +
      "Each gradient is a convolution too, so that all are differentiable any number of times.",
    names: words("conv1d conv2d depthwiseConv2d conv1dTranspose conv2dTranspose"),
  },
  {
    title: "Pooling and resizing",
    names:
      words(`maxPool1d maxPool2d averagePool1d averagePool2d globalMaxPool1d globalMaxPool2d globalAveragePool1d
      globalAveragePool2d adaptiveAveragePool1d adaptiveAveragePool2d adaptiveMaxPool1d adaptiveMaxPool2d resizeNearest
      resizeBilinear warpAffine`),
  },
  {
    title: "Normalisation",
    names: words("batchNorm layerNorm groupNorm instanceNorm rmsNorm weightNorm"),
  },
  {
    title: "Losses",
    text: "Functions of tensors. `losses.NAME(options)` gives each as a loss for trainers and compiled steps.",
    names:
      words(`crossEntropy softmaxCrossEntropy negativeLogLikelihood binaryCrossEntropyWithLogits meanSquaredError
      meanAbsoluteError huber smoothL1 hinge squaredHinge klDivergence cosineDistance cosineSimilarity cosineEmbedding`),
  },
  {
    title: "Random numbers",
    text: "Philox 4×32-10, the same bits as `RandomStream` on the host, drawn anew at each step.",
    names:
      words(`random.uniform random.normal random.truncatedNormal random.bernoulli random.permutation dropout
      channelDropout alphaDropout`),
  },
  { title: "Training steps", names: words("batchIndices record sampleBatch flagNonFinite") },
];
