# The network of gpt.py as it serves: the same weights, packed for the matrix kernels of the device, and a cache of keys
# and values for each sequence.
#
# The tokens of several sequences stand one after the other, N in all, without padding: counts[b] tokens of sequence b,
# which stand at positions starts[b], starts[b] + 1, ... of it. So one call decodes (each count is 1) or reads prompts.
# C channels (n_embd), H heads (n_head), D = C / H, V vocabulary, L layers, S the tokens that a cache has room for.
# Activations, norms, attention and caches are in f32 (6); only matrices have the type `weights`, and f16 ones a second
# copy in bf16 (15), with which prompts are read on a processor that multiplies bf16 much faster.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  n_layer : int
  n_head : int
  n_embd : int
  modern : bool
  gelu : str
  weights : str
  dtype : int
  levels : float
  wte : Tensor
  wpe : Tensor
  norms : List[Tensor]
  norm_biases : List[Optional[Tensor]]
  matrices : List[Tensor]
  readers : List[Tensor]
  reading : bool
  packed : List[__torch__.torch.classes.quantized.LinearPackedParamsBase]
  biases : List[Optional[Tensor]]
  cos : Tensor
  sin : Tensor
  training : bool

  # What embeds tokens, [V, C], and positions, [S, C], or [0] if they rotate instead
  def embed_with(self: __torch__.Decoder, wte: Tensor, wpe: Tensor) -> int:
    self.wte = (self).kept(wte)
    self.wpe = torch.clone(wpe)
    self.norms = annotate(List[Tensor], [])
    self.norm_biases = annotate(List[Optional[Tensor]], [])
    self.matrices = annotate(List[Tensor], [])
    self.readers = annotate(List[Tensor], [])
    self.packed = annotate(List[__torch__.torch.classes.quantized.LinearPackedParamsBase], [])
    self.biases = annotate(List[Optional[Tensor]], [])
    return 0

  # A copy in the type of tables and plain matrices: what the caller passed is gone when the file is closed
  def kept(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return torch.to(x, self.dtype, False, True)

  # Rotary embeddings (Su et al., 2021): position * base^(-2 i / D), [S, 1, D / 2]
  def rotate_with(self: __torch__.Decoder, like: Tensor, S: int, base: float) -> int:
    D = torch.floordiv(self.n_embd, self.n_head)
    exponent = torch.div(torch.arange(0, D, 2, dtype=7, device=like.device), -D)
    angle = torch.mul(torch.unsqueeze(torch.arange(S, dtype=7, device=like.device), 1), torch.pow(base, exponent))
    self.cos = torch.unsqueeze(torch.to(torch.cos(angle), 6), 1)
    self.sin = torch.unsqueeze(torch.to(torch.sin(angle), 6), 1)
    return 0

  # The next norm's weight and bias, each [C], or [0] if it has none; in the order of use
  def add_norm(self: __torch__.Decoder, weight: Tensor, bias: Tensor) -> int:
    _0 = torch.append(self.norms, torch.clone(weight))
    _1 = torch.append(self.norm_biases, (self).unless_empty(bias))
    return 0

  def unless_empty(self: __torch__.Decoder, x: Tensor) -> Optional[Tensor]:
    y = annotate(Optional[Tensor], None)
    if torch.gt(torch.numel(x), 0):
      y = torch.clone(x)
    else:
      pass
    return y

  # The next matrix, [out, in], in f32 if it is to be packed, and its bias, [out], or [0] if it has none: attention,
  # attention's projection, the two of the feed-forward layer, for each layer; then the head. A reader is wanted too?
  def add_matrix(self: __torch__.Decoder, w: Tensor, bias: Tensor, reader: bool) -> int:
    b = (self).unless_empty(bias)
    if torch.eq(self.weights, "int8"):
      scale = torch.div(torch.amax(torch.abs(w), [1]), 127.)  # [out]
      scale = torch.clamp_min(scale, 1e-30)
      levels = torch.to(torch.round(torch.div(w, torch.unsqueeze(scale, 1))), 1)
      zero = torch.zeros_like(scale, dtype=3)
      quantized = torch._make_per_channel_quantized_tensor(levels, scale, zero, 0)
      _0 = torch.append(self.packed, ops.quantized.linear_prepack(quantized, None))
    elif torch.eq(self.weights, "f16"):
      _1 = torch.append(self.packed, ops.quantized.linear_prepack_fp16(w, b))
      if reader:
        _6 = torch.append(self.readers, ops.mkldnn._reorder_linear_weight(torch.to(w, 15), None))
      else:
        pass
    elif torch.eq(self.weights, "f32"):
      _2 = torch.append(self.matrices, ops.mkldnn._reorder_linear_weight(w, None))
    elif torch.eq(self.weights, "bf16"):
      _3 = torch.append(self.matrices, ops.mkldnn._reorder_linear_weight(torch.to(w, 15), None))
    else:
      _4 = torch.append(self.matrices, (self).kept(w))
    _5 = torch.append(self.biases, b)
    return 0

  # [N, in] -> [N, out] with matrix i
  def linear(self: __torch__.Decoder, x: Tensor, i: int) -> Tensor:
    if torch.eq(self.weights, "f16"):
      if torch.lt(i, torch.len(self.readers)) and self.reading:
        y = torch.to((self).onednn(torch.to(x, 15), self.readers[i], i, False), 6)
      else:
        y = ops.quantized.linear_dynamic_fp16(x, self.packed[i])
    elif torch.eq(self.weights, "int8"):
      y, scale, = (self).int8_linear(x, i)
      y = (self).add_bias(torch.mul_(y, scale), i)
    elif torch.eq(self.weights, "f32"):
      y = (self).onednn(x, self.matrices[i], i, False)
    elif torch.eq(self.weights, "bf16"):
      y = torch.to((self).onednn(torch.to(x, 15), self.matrices[i], i, False), 6)
    else:
      w = self.matrices[i]
      y = (self).add_bias(torch.to(torch.linear(torch.to(x, w.dtype), w), 6), i)
    return y

  # The same with the feed-forward layer's non-linearity after it: in one kernel where there is one that does both, and
  # then in bf16 if the next product is
  def activated(self: __torch__.Decoder, x: Tensor, i: int) -> Tensor:
    if torch.eq(self.weights, "f16") and torch.lt(i, torch.len(self.readers)) and self.reading:
      y = (self).onednn(torch.to(x, 15), self.readers[i], i, True)
    elif torch.eq(self.weights, "f32"):
      y = (self).onednn(x, self.matrices[i], i, True)
    elif torch.eq(self.weights, "bf16"):
      y = (self).onednn(torch.to(x, 15), self.matrices[i], i, True)
    elif self.modern:
      y = torch.relu((self).linear(x, i))
    else:
      y = torch.gelu((self).linear(x, i), approximate=self.gelu)
    if self.modern:
      y = torch.square(y)
    else:
      pass
    return y

  # oneDNN's product with a matrix packed for it, with the bias in the activations' type, then GELU or ReLU if wanted
  def onednn(self: __torch__.Decoder, x: Tensor, packed: Tensor, i: int, activate: bool) -> Tensor:
    bias = self.biases[i]
    if torch.__isnot__(bias, None):
      bias = torch.to(unchecked_cast(Tensor, bias), x.dtype)
    else:
      pass
    none = annotate(List[Optional[number]], [])
    if not activate:
      y = ops.mkldnn._linear_pointwise(x, packed, bias, "none", none, "")
    elif self.modern:
      y = ops.mkldnn._linear_pointwise(x, packed, bias, "relu", none, "")
    else:
      y = ops.mkldnn._linear_pointwise(x, packed, bias, "gelu", none, self.gelu)
    return y

  def add_bias(self: __torch__.Decoder, y: Tensor, i: int) -> Tensor:
    bias = self.biases[i]
    if torch.__isnot__(bias, None):
      y = torch.add_(y, unchecked_cast(Tensor, bias))
    else:
      pass
    return y

  # x += [N, in] -> [N, out] with matrix i
  def add_linear(self: __torch__.Decoder, x: Tensor, h: Tensor, i: int) -> Tensor:
    if torch.eq(self.weights, "int8"):
      y, scale, = (self).int8_linear(h, i)
      x = (self).add_bias(torch.addcmul_(x, y, scale), i)
    else:
      x = torch.add_(x, (self).linear(h, i))
    return x

  # The product with int8 activations, without bias, as [N, out] to multiply by [N, 1]. Each row is divided by its own
  # greatest magnitude, so that the one scale that the kernel takes fits all: no row depends on another. A row of zeros
  # becomes 0 / 0, which the kernel takes for some integer, and the multiplication by its magnitude makes it 0 again.
  def int8_linear(self: __torch__.Decoder, x: Tensor, i: int) -> Tuple[Tensor, Tensor]:
    scale = torch.amax(torch.abs(x), [1], True)  # [N, 1]
    step = torch.div(1., self.levels)
    zero = int(torch.add(self.levels, 1.))
    y = ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(torch.div(x, scale), step, zero, self.packed[i])
    return (y, scale)

  # Norm j of the network, counted in the order of use; the modern architecture's have no weights
  def norm(self: __torch__.Decoder, x: Tensor, j: int) -> Tensor:
    if self.modern:
      y = (self).rms_norm(x)
    else:
      y = torch.layer_norm(x, [self.n_embd], self.norms[j], self.norm_biases[j], 1e-05)
    return y

  # [..., n] -> [..., n]; what is added is the smallest f32 step from 1
  def rms_norm(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return torch.mul(x, torch.rsqrt(torch.add(torch.mean(torch.mul(x, x), [-1], True), 1.1920928955078125e-07)))

  # Rotates queries and keys, the first two thirds of [N, 3C], and normalizes each head's
  def rotate(self: __torch__.Decoder, qkv: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    N = torch.size(qkv, 0)
    D = torch.floordiv(self.n_embd, self.n_head)
    qk = torch.narrow(qkv, 1, 0, torch.mul(2, self.n_embd))
    x1, x2, = torch.chunk(torch.view(qk, [N, torch.mul(2, self.n_head), D]), 2, 2)  # [N, 2H, D / 2]
    y1 = torch.add(torch.mul(x1, cos), torch.mul(x2, sin))
    y2 = torch.sub(torch.mul(x2, cos), torch.mul(x1, sin))
    y = (self).rms_norm(torch.cat([y1, y2], 2))  # [N, 2H, D]
    _0 = torch.copy_(qk, torch.view(y, [N, torch.mul(2, self.n_embd)]))
    return qkv

  # [N, 3C] -> [N, C]. Each sequence attends on its own, over the tokens that it has: none depends on another, and none
  # has padding. Without caches every sequence begins here, and its keys and values are read where they are.
  def attention(self: __torch__.Decoder, qkv: Tensor, layer: int, starts: List[int], counts: List[int],
                caches: List[Tensor], masks: List[Optional[Tensor]]) -> Tensor:
    C = self.n_embd
    H = self.n_head
    D = torch.floordiv(C, H)
    C3 = torch.mul(3, C)
    cached = torch.gt(torch.len(caches), 0)
    y = torch.empty([torch.size(qkv, 0), C], dtype=6, device=qkv.device)
    first = 0
    for b in range(torch.len(counts)):
      T = counts[b]
      row = torch.mul(first, C3)
      q = torch.as_strided(qkv, [1, H, T, D], [C3, D, C3, 1], row)
      kv = torch.as_strided(qkv, [2, 1, H, T, D], [C, C, D, C3, 1], torch.add(row, C))
      if cached:
        cache = caches[b]
        S = torch.size(cache, 3)
        SC = torch.mul(S, C)
        begin = torch.mul(torch.mul(layer, 2), SC)
        strides = [SC, SC, torch.mul(S, D), D, 1]
        place = torch.as_strided(cache, [2, 1, H, T, D], strides, torch.add(begin, torch.mul(starts[b], D)))
        _0 = torch.copy_(place, kv)
        kv = torch.as_strided(cache, [2, 1, H, torch.add(starts[b], T), D], strides, begin)
      else:
        pass
      k, v, = torch.unbind(kv)
      out = torch.as_strided(y, [1, H, T, D], [C, D, C, 1], torch.mul(first, C))
      _1 = torch.copy_(out, torch.scaled_dot_product_attention(q, k, v, masks[b]))
      first = torch.add(first, T)
    return y

  # For each sequence what is added to its scores: nothing for one token, else -inf where a token would see a later one
  def causal(self: __torch__.Decoder, like: Tensor, starts: List[int], counts: List[int]) -> List[Optional[Tensor]]:
    masks = annotate(List[Optional[Tensor]], [])
    for b in range(torch.len(counts)):
      T = counts[b]
      mask = annotate(Optional[Tensor], None)
      if torch.gt(T, 1):
        hidden = torch.full([T, torch.add(starts[b], T)], -inf, dtype=6, device=like.device)
        mask = torch.triu(hidden, torch.add(starts[b], 1))
      else:
        pass
      _0 = torch.append(masks, mask)
    return masks

  # [N] tokens and their positions -> [N, C], what the head multiplies
  def trunk(self: __torch__.Decoder, idx: Tensor, positions: Tensor, starts: List[int], counts: List[int],
            caches: List[Tensor]) -> Tensor:
    masks = (self).causal(idx, starts, counts)
    cos = self.cos
    sin = self.sin
    x = torch.to(torch.embedding(self.wte, idx), 6)
    if self.modern:
      cos = torch.index_select(cos, 0, positions)  # [N, 1, D / 2]
      sin = torch.index_select(sin, 0, positions)
      x = (self).norm(x, 0)
    else:
      x = torch.add(x, torch.embedding(self.wpe, positions))
    for layer in range(self.n_layer):
      i = torch.mul(layer, 4)
      j = torch.mul(layer, 2)
      qkv = (self).linear((self).norm(x, j), i)
      if self.modern:
        qkv = (self).rotate(qkv, cos, sin)
      else:
        pass
      x = (self).add_linear(x, (self).attention(qkv, layer, starts, counts, caches, masks), torch.add(i, 1))
      h = (self).activated((self).norm(x, torch.add(j, 1)), torch.add(i, 2))
      x = (self).add_linear(x, h, torch.add(i, 3))
    return (self).norm(x, torch.mul(2, self.n_layer))

  # [B, V] logits after the rows `last` of [N] tokens, which are those of prompts if `reading`
  def step(self: __torch__.Decoder, idx: Tensor, positions: Tensor, last: Tensor, starts: List[int],
           counts: List[int], caches: List[Tensor], reading: bool) -> Tensor:
    self.reading = reading
    x = (self).trunk(idx, positions, starts, counts, caches)
    if torch.lt(torch.size(last, 0), torch.size(x, 0)):
      x = torch.index_select(x, 0, last)
    else:
      pass
    return (self).linear(x, torch.mul(4, self.n_layer))

  # [M] -log p(target) of the tokens after the rows `counted` of [N], for texts that begin here
  def losses(self: __torch__.Decoder, idx: Tensor, positions: Tensor, counts: List[int], counted: Tensor,
             targets: Tensor, chunk: int) -> Tensor:
    self.reading = False
    starts = annotate(List[int], [])
    for count in counts:
      _0 = torch.append(starts, 0)
    x = (self).trunk(idx, positions, starts, counts, annotate(List[Tensor], []))
    x = torch.index_select(x, 0, counted)
    losses = annotate(List[Tensor], [])
    start = 0
    while torch.lt(start, torch.size(targets, 0)):
      n = ops.prim.min(chunk, torch.sub(torch.size(targets, 0), start))
      logits = (self).linear(torch.narrow(x, 0, start, n), torch.mul(4, self.n_layer))  # [n, V]
      log_p = torch.log_softmax(logits, 1)
      wanted = torch.unsqueeze(torch.narrow(targets, 0, start, n), 1)
      _1 = torch.append(losses, torch.neg(torch.squeeze(torch.gather(log_p, 1, wanted), 1)))
      start = torch.add(start, n)
    return torch.cat(losses)

  # A cache for one sequence of up to S tokens: keys and values of each layer, with heads apart, so that one token's
  # products read memory in order. It is read only where it was written.
  def cache(self: __torch__.Decoder, like: Tensor, S: int) -> Tensor:
    D = torch.floordiv(self.n_embd, self.n_head)
    return torch.empty([self.n_layer, 2, self.n_head, S, D], dtype=6, device=like.device)
