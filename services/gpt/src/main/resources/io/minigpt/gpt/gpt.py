# GPT-2 as nanoGPT's model.py has it, in the form of TorchScript that an archive holds.
#
# B sequences, T tokens of each, C channels (n_embd), H heads (n_head), D = C / H, V vocabulary, L layers.
# A kind of weight is one tensor stacked over the layers, [L, ...]; in files each layer has GPT-2's name for it.
# Weights, residual stream, LayerNorm, softmax and loss are in f32 (6), matrix products in `dtype`: f32 or bf16 (15).
class GPT(Module):
  __parameters__ = []
  __buffers__ = []
  n_layer : int
  n_head : int
  n_embd : int
  block_size : int
  vocab_size : int
  bias : bool
  gelu : str
  dtype : int
  fused_attention : bool
  wte : Tensor
  wpe : Tensor
  ln_1_weight : Tensor
  ln_1_bias : Tensor
  attn_weight : Tensor
  attn_bias : Tensor
  attn_proj_weight : Tensor
  attn_proj_bias : Tensor
  ln_2_weight : Tensor
  ln_2_bias : Tensor
  fc_weight : Tensor
  fc_bias : Tensor
  mlp_proj_weight : Tensor
  mlp_proj_bias : Tensor
  ln_f_weight : Tensor
  ln_f_bias : Tensor
  wte_grad : Tensor
  training : bool

  # Fresh weights, as GPT-2 has them: normal with deviation 0.02, less for what is added to the residual stream.
  # With deviation 0 all are zero, to be filled from a file. They lie where `like` does.
  def init(self: __torch__.GPT, like: Tensor, deviation: Tensor) -> Tensor:
    L = self.n_layer
    C = self.n_embd
    std = float(deviation)
    added = torch.div(std, torch.sqrt(torch.mul(2, L)))
    self.wte = (self).normal(like, [self.vocab_size, C], std)
    self.wpe = (self).normal(like, [self.block_size, C], std)
    self.ln_1_weight = torch.to(torch.ones([L, C]), like)
    self.ln_1_bias = torch.to(torch.zeros([L, C]), like)
    self.attn_weight = (self).normal(like, [L, torch.mul(3, C), C], std)
    self.attn_bias = torch.to(torch.zeros([L, torch.mul(3, C)]), like)
    self.attn_proj_weight = (self).normal(like, [L, C, C], added)
    self.attn_proj_bias = torch.to(torch.zeros([L, C]), like)
    self.ln_2_weight = torch.to(torch.ones([L, C]), like)
    self.ln_2_bias = torch.to(torch.zeros([L, C]), like)
    self.fc_weight = (self).normal(like, [L, torch.mul(4, C), C], std)
    self.fc_bias = torch.to(torch.zeros([L, torch.mul(4, C)]), like)
    self.mlp_proj_weight = (self).normal(like, [L, C, torch.mul(4, C)], added)
    self.mlp_proj_bias = torch.to(torch.zeros([L, C]), like)
    self.ln_f_weight = torch.to(torch.ones([C]), like)
    self.ln_f_bias = torch.to(torch.zeros([C]), like)
    return like

  def normal(self: __torch__.GPT, like: Tensor, shape: List[int], deviation: float) -> Tensor:
    weight = torch.zeros(shape)
    if torch.gt(deviation, 0.):
      _0 = torch.normal_(weight, 0., deviation)
    else:
      pass
    return torch.to(weight, like)

  # The weights themselves, not copies, in the order of Weights.java; biases last, if the model has them.
  def weights(self: __torch__.GPT) -> List[Tensor]:
    all = [self.wte, self.wpe, self.ln_1_weight, self.attn_weight, self.attn_proj_weight,
           self.ln_2_weight, self.fc_weight, self.mlp_proj_weight, self.ln_f_weight]
    if self.bias:
      _0 = torch.extend(all, [self.ln_1_bias, self.attn_bias, self.attn_proj_bias,
                              self.ln_2_bias, self.fc_bias, self.mlp_proj_bias, self.ln_f_bias])
    else:
      pass
    return all

  # From here on the weights collect gradients. That of wte, by far the largest, is kept by hand: autograd would make
  # two more tensors of its size in every pass, to hold what a few rows and the head add to it.
  def train_weights(self: __torch__.GPT, like: Tensor) -> Tensor:
    for w in torch.slice((self).weights(), 1):
      _0 = torch.requires_grad_(w, True)
    self.wte_grad = torch.zeros_like(self.wte)
    return self.wte_grad

  # From here on the model only generates: matrices are kept in `dtype` alone.
  def freeze_weights(self: __torch__.GPT) -> int:
    self.wte = torch.to(self.wte, self.dtype)
    self.attn_weight = torch.to(self.attn_weight, self.dtype)
    self.attn_proj_weight = torch.to(self.attn_proj_weight, self.dtype)
    self.fc_weight = torch.to(self.fc_weight, self.dtype)
    self.mlp_proj_weight = torch.to(self.mlp_proj_weight, self.dtype)
    return 0

  # Copies into a weight or a moment: into one layer of it, or into all of it if layer is -1.
  def copy(self: __torch__.GPT, to: Tensor, layer: int, source: Tensor) -> int:
    if torch.lt(layer, 0):
      _0 = torch.copy_(torch.detach(to), source)
    else:
      _1 = torch.copy_(torch.select(torch.detach(to), 0, layer), source)
    return 0

  # [L, ...] -> L tensors to multiply with, in `dtype`
  def matrices(self: __torch__.GPT, stacked: Tensor) -> List[Tensor]:
    return torch.unbind(torch.to(stacked, self.dtype))

  # [L, ...] -> L vectors to add, in `dtype`, or L times None in a model without biases
  def biases(self: __torch__.GPT, stacked: Tensor, dtype: int) -> List[Optional[Tensor]]:
    vectors = annotate(List[Optional[Tensor]], [])
    if self.bias:
      for vector in torch.unbind(torch.to(stacked, dtype)):
        _0 = torch.append(vectors, vector)
    else:
      for layer in range(self.n_layer):
        _1 = torch.append(vectors, None)
    return vectors

  def layer_norm(self: __torch__.GPT, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    return torch.layer_norm(x, [self.n_embd], weight, bias, 1e-05)

  # [B, T, 3C] -> [B, T, C]; the mask, 0 or -inf, is [T, T] and causal, or, if texts are packed, [B, 1, T, T]
  def attention(self: __torch__.GPT, qkv: Tensor, mask: Tensor, packed: bool, dropout: float) -> Tensor:
    B = torch.size(qkv, 0)
    T = torch.size(qkv, 1)
    H = self.n_head
    D = torch.floordiv(self.n_embd, H)
    heads = torch.permute(torch.view(qkv, [B, T, 3, H, D]), [2, 0, 3, 1, 4])  # [B, T, 3C] -> [3, B, H, T, D]
    q, k, v, = torch.unbind(heads)
    if self.fused_attention:
      if packed:
        y = torch.scaled_dot_product_attention(q, k, v, torch.to(mask, self.dtype), dropout, False)
      else:
        y = torch.scaled_dot_product_attention(q, k, v, None, dropout, True)
    else:
      scores = torch.matmul(torch.mul(q, torch.pow(D, -0.5)), torch.transpose(k, 2, 3))  # [B, H, T, T]
      weights = torch.dropout(torch.softmax(torch.add(torch.to(scores, 6), mask), -1), dropout, True)
      y = torch.matmul(torch.to(weights, self.dtype), v)
    return torch.reshape(torch.transpose(y, 1, 2), [B, T, self.n_embd])  # [B, H, T, D] -> [B, T, C]

  def mlp(self: __torch__.GPT, x: Tensor, fc_weight: Tensor, fc_bias: Optional[Tensor],
          proj_weight: Tensor, proj_bias: Optional[Tensor]) -> Tensor:
    h = torch.gelu(torch.linear(x, fc_weight, fc_bias), approximate=self.gelu)  # [B, T, 4C]
    return torch.linear(h, proj_weight, proj_bias)

  # [B, T, C] embedded tokens -> [B, T, C], what the head multiplies. Each row is one text, unless there are positions,
  # [B, T], the place of each token in its own text: then a token sees those of its own text only.
  def trunk(self: __torch__.GPT, tokens: Tensor, positions: Tensor, dropout: float) -> Tensor:
    T = torch.size(tokens, 1)
    column = torch.arange(T, device=tokens.device)
    hidden = torch.lt(torch.unsqueeze(column, 1), column)  # [T, T], true above the diagonal
    packed = torch.gt(torch.numel(positions), 0)
    if packed:
      begin = torch.sub(column, positions)  # [B, T], where the token's text begins
      other = torch.ne(torch.unsqueeze(begin, 2), torch.unsqueeze(begin, 1))  # [B, T, T]
      hidden = torch.unsqueeze(torch.logical_or(hidden, other), 1)  # [B, 1, T, T]
      where = torch.embedding(self.wpe, positions)  # [B, T, C]
    else:
      where = torch.narrow(self.wpe, 0, 0, T)  # [T, C]
    mask = torch.masked_fill(torch.zeros_like(hidden, dtype=6), hidden, -inf)
    dtype = self.dtype
    ln_1_weight = torch.unbind(self.ln_1_weight)
    ln_1_bias = (self).biases(self.ln_1_bias, 6)
    attn_weight = (self).matrices(self.attn_weight)
    attn_bias = (self).biases(self.attn_bias, dtype)
    attn_proj_weight = (self).matrices(self.attn_proj_weight)
    attn_proj_bias = (self).biases(self.attn_proj_bias, dtype)
    ln_2_weight = torch.unbind(self.ln_2_weight)
    ln_2_bias = (self).biases(self.ln_2_bias, 6)
    fc_weight = (self).matrices(self.fc_weight)
    fc_bias = (self).biases(self.fc_bias, dtype)
    mlp_proj_weight = (self).matrices(self.mlp_proj_weight)
    mlp_proj_bias = (self).biases(self.mlp_proj_bias, dtype)
    x = torch.add(tokens, where)
    x = torch.dropout(torch.to(x, 6), dropout, True)
    for i in range(self.n_layer):
      h = torch.to((self).layer_norm(x, ln_1_weight[i], ln_1_bias[i]), dtype)
      y = (self).attention(torch.linear(h, attn_weight[i], attn_bias[i]), mask, packed, dropout)
      x = torch.add(x, torch.dropout(torch.linear(y, attn_proj_weight[i], attn_proj_bias[i]), dropout, True))
      h = torch.to((self).layer_norm(x, ln_2_weight[i], ln_2_bias[i]), dtype)
      y = (self).mlp(h, fc_weight[i], fc_bias[i], mlp_proj_weight[i], mlp_proj_bias[i])
      x = torch.add(x, torch.dropout(y, dropout, True))
    return (self).final_norm(x)

  def final_norm(self: __torch__.GPT, x: Tensor) -> Tensor:
    if self.bias:
      y = (self).layer_norm(x, self.ln_f_weight, self.ln_f_bias)
    else:
      y = (self).layer_norm(x, self.ln_f_weight, None)
    return y

  # [N, C] -> [N, V] in f32
  def head(self: __torch__.GPT, x: Tensor, wte: Tensor) -> Tensor:
    return torch.to(torch.linear(torch.to(x, self.dtype), wte), 6)

  # [B, T] -> [B, T, V]
  def logits(self: __torch__.GPT, idx: Tensor, positions: Tensor) -> Tensor:
    return (self).head((self).trunk(torch.embedding(self.wte, idx), positions, 0.), torch.to(self.wte, self.dtype))

  # Adds scale * d(sum of -log p(target)) / d(weights) to the gradients, and returns that sum, unscaled.
  # Targets below 0 do not count, and the head, most of a small model's work, sees only the N rows that do. Its gradient
  # is written out, for 1,024 rows at a time, the softmax for `chunk` rows that fit the cache: no [N, V] array is held.
  def backward(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, dropout: Tensor,
               scale: Tensor, chunk: Tensor) -> Tensor:
    C = self.n_embd
    V = self.vocab_size
    tokens = torch.requires_grad_(torch.embedding(self.wte, idx), True)  # [B, T, C]
    x = torch.view((self).trunk(tokens, positions, float(dropout)), [-1, C])  # [B, T, C] -> [B T, C]
    _0 = torch.set_grad_enabled(False)
    targets = torch.view(targets, [-1])  # [B, T] -> [B T]
    counted = torch.squeeze(torch.nonzero(torch.ge(targets, 0)), 1)  # [N]
    targets = torch.unsqueeze(torch.index_select(targets, 0, counted), 1)  # [N, 1]
    rows = torch.to(torch.index_select(x, 0, counted), self.dtype)  # [N, C]
    wte = torch.to(self.wte, self.dtype)
    N = torch.size(rows, 0)
    M = ops.prim.min(N, 1024)
    m = ops.prim.min(M, int(chunk))
    logits = torch.empty([M, V], dtype=self.dtype, device=idx.device)
    log_p = torch.empty([m, V], dtype=6, device=idx.device)
    scores = torch.empty([m, V], dtype=6, device=idx.device)
    wte_grad = torch.empty_like(wte)
    rows_grad = torch.zeros_like(x)
    total = torch.zeros([], dtype=7, device=idx.device)
    start = 0
    while torch.lt(start, N):
      n = ops.prim.min(M, torch.sub(N, start))
      x_n = torch.narrow(rows, 0, start, n)
      logits_n = torch.narrow(logits, 0, 0, n)  # [n, V]
      _1 = torch.mm(x_n, torch.t(wte), out=logits_n)
      at = 0
      while torch.lt(at, n):
        k = ops.prim.min(m, torch.sub(n, at))
        part = torch.narrow(logits_n, 0, at, k)  # [k, V]
        targets_k = torch.narrow(targets, 0, torch.add(start, at), k)
        scores_k = torch.copy_(torch.narrow(scores, 0, 0, k), part)
        log_p_k = torch.log_softmax(scores_k, 1, out=torch.narrow(log_p, 0, 0, k))
        _2 = torch.sub_(total, torch.sum(torch.gather(log_p_k, 1, targets_k)))
        p = torch.exp_(log_p_k)
        _3 = torch.scatter_add_(p, 1, targets_k, torch.full_like(targets_k, -1., dtype=6))
        _4 = torch.copy_(part, torch.mul_(p, float(scale)))  # softmax minus one-hot: now the gradient
        at = torch.add(at, k)
      x_grad = torch.to(torch.matmul(logits_n, wte), 6)
      _5 = torch.index_copy_(rows_grad, 0, torch.narrow(counted, 0, start, n), x_grad)
      _6 = torch.add_(self.wte_grad, torch.mm(torch.t(logits_n), x_n, out=wte_grad))
      start = torch.add(start, n)
    torch.autograd.backward(x, rows_grad)
    tokens_grad = torch.view(unchecked_cast(Tensor, tokens.grad), [-1, C])  # [B T, C]
    _7 = torch.index_add_(self.wte_grad, 0, torch.view(idx, [-1]), tokens_grad)
    return total

  # [B, T] and targets [B, T] -> [B, T], -log p(target) in f32, 0 where the target is below 0
  def losses(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, chunk: int) -> Tensor:
    x = torch.view((self).trunk(torch.embedding(self.wte, idx), positions, 0.), [-1, self.n_embd])
    flat = torch.view(targets, [-1])
    counted = torch.squeeze(torch.nonzero(torch.ge(flat, 0)), 1)  # [N]
    rows = torch.index_select(x, 0, counted)  # [N, C]
    wanted = torch.unsqueeze(torch.index_select(flat, 0, counted), 1)  # [N, 1]
    wte = torch.to(self.wte, self.dtype)
    N = torch.size(rows, 0)
    losses = torch.zeros([torch.size(flat, 0)], dtype=6, device=idx.device)
    start = 0
    while torch.lt(start, N):
      n = ops.prim.min(chunk, torch.sub(N, start))
      log_p = torch.log_softmax((self).head(torch.narrow(rows, 0, start, n), wte), 1)  # [n, V]
      loss = torch.neg(torch.squeeze(torch.gather(log_p, 1, torch.narrow(wanted, 0, start, n)), 1))
      _0 = torch.index_copy_(losses, 0, torch.narrow(counted, 0, start, n), loss)
      start = torch.add(start, n)
    return torch.view_as(losses, targets)

  # A key-value cache for B sequences of up to S tokens: [L, 2, B, H, S, D] in f32
  def cache(self: __torch__.GPT, B: int, S: int) -> Tensor:
    D = torch.floordiv(self.n_embd, self.n_head)
    return torch.zeros([self.n_layer, 2, B, self.n_head, S, D], dtype=6, device=self.wpe.device)

  # The cache of some sequences only
  def cache_rows(self: __torch__.GPT, cache: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(cache, 2, rows)

  # Feeds [B, T] tokens that stand at positions start[b], start[b] + 1, ... of their sequences, whose earlier keys and
  # values are in the cache, and returns [B, V], the logits after column last[b]. Prefill is T > 1 from start 0, with
  # any token to the right of a shorter prompt: what it leaves in the cache is masked, then overwritten.
  # The first sequence has row `first` of the cache; length is the highest position in the batch + 1.
  def step(self: __torch__.GPT, idx: Tensor, start: Tensor, last: Tensor, cache: Tensor,
           first: int, length: int) -> Tensor:
    B = torch.size(idx, 0)
    cache = torch.narrow(cache, 2, first, B)
    T = torch.size(idx, 1)
    C = self.n_embd
    H = self.n_head
    D = torch.floordiv(C, H)
    dtype = self.dtype
    ln_1_weight = torch.unbind(self.ln_1_weight)
    ln_1_bias = (self).biases(self.ln_1_bias, 6)
    attn_weight = (self).matrices(self.attn_weight)
    attn_bias = (self).biases(self.attn_bias, dtype)
    attn_proj_weight = (self).matrices(self.attn_proj_weight)
    attn_proj_bias = (self).biases(self.attn_proj_bias, dtype)
    ln_2_weight = torch.unbind(self.ln_2_weight)
    ln_2_bias = (self).biases(self.ln_2_bias, 6)
    fc_weight = (self).matrices(self.fc_weight)
    fc_bias = (self).biases(self.fc_bias, dtype)
    mlp_proj_weight = (self).matrices(self.mlp_proj_weight)
    mlp_proj_bias = (self).biases(self.mlp_proj_bias, dtype)
    row = torch.unsqueeze(torch.arange(B, device=idx.device), 1)  # [B, 1]
    position = torch.add(torch.unsqueeze(start, 1), torch.arange(T, device=idx.device))  # [B, T]
    later = torch.gt(torch.arange(length, device=idx.device), torch.unsqueeze(position, 2))  # [B, T, length]
    mask = torch.masked_fill(torch.zeros_like(later, dtype=6), later, -inf)
    mask = torch.unsqueeze(mask, 1)  # [B, 1, T, length]
    x = torch.to(torch.add(torch.embedding(self.wte, idx), torch.embedding(self.wpe, position)), 6)
    for i in range(self.n_layer):
      h = torch.to((self).layer_norm(x, ln_1_weight[i], ln_1_bias[i]), dtype)
      qkv = torch.to(torch.linear(h, attn_weight[i], attn_bias[i]), 6)
      q, k, v, = torch.unbind(torch.view(qkv, [B, T, 3, H, D]), 2)  # [B, T, 3C] -> 3 of [B, T, H, D]
      keys, values, = torch.unbind(cache[i])  # [B, H, S, D] each
      at = annotate(List[Optional[Tensor]], [row, position])
      _0 = torch.index_put_(torch.transpose(keys, 1, 2), at, k)
      _1 = torch.index_put_(torch.transpose(values, 1, 2), at, v)
      keys = torch.narrow(keys, 2, 0, length)  # [B, H, length, D]
      values = torch.narrow(values, 2, 0, length)
      q = torch.mul(torch.transpose(q, 1, 2), torch.pow(D, -0.5))  # [B, H, T, D]
      scores = torch.add(torch.matmul(q, torch.transpose(keys, 2, 3)), mask)  # [B, H, T, length]
      y = torch.transpose(torch.matmul(torch.softmax(scores, -1), values), 1, 2)  # [B, T, H, D]
      y = torch.to(torch.reshape(y, [B, T, C]), dtype)
      x = torch.add(x, torch.linear(y, attn_proj_weight[i], attn_proj_bias[i]))
      h = torch.to((self).layer_norm(x, ln_2_weight[i], ln_2_bias[i]), dtype)
      x = torch.add(x, (self).mlp(h, fc_weight[i], fc_bias[i], mlp_proj_weight[i], mlp_proj_bias[i]))
    x = x[torch.squeeze(row, 1), last]  # [B, C]
    return (self).head((self).final_norm(x), torch.to(self.wte, dtype))
