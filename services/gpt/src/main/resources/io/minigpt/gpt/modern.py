# nanochat's network in the form of TorchScript that an archive holds: rotary positions, RMSNorm without weights, QK
# norm, squared ReLU, a head of its own, no biases. Names and shapes as in common.py.
#
# A kind of weight is one tensor stacked over the layers, [L, ...]; in files each layer has GPT-2's name for it.
# Weights, residual stream, norms, rotation, softmax and loss are in f32, matrix products in `dtype`: f32 or bf16.
class GPT(Module):
  __parameters__ = []
  __buffers__ = []
  n_layer : int
  n_head : int
  n_embd : int
  vocab_size : int
  dtype : int
  fused_attention : bool
  wte : Tensor
  attn_weight : Tensor
  attn_proj_weight : Tensor
  fc_weight : Tensor
  mlp_proj_weight : Tensor
  lm_head : Tensor
  operands : List[Tensor]
  gradients : List[Tensor]
  training : bool

  # Fresh weights: each layer adds nothing at first, and all tokens are equally likely. The embedding is normalised
  # before it is used, so its size decides only how fast it turns: this small, at the pace of one learning rate for all.
  # With deviation 0 all are zero, to be filled from a file. They lie where `like` does.
  def init(self: __torch__.GPT, like: Tensor, deviation: Tensor) -> Tensor:
    L = self.n_layer
    C = self.n_embd
    std = float(deviation)
    self.wte = __torch__.normal(like, [self.vocab_size, C], std)
    self.attn_weight = __torch__.normal(like, [L, torch.mul(3, C), C], std)
    self.attn_proj_weight = __torch__.normal(like, [L, C, C], 0.)
    self.fc_weight = __torch__.normal(like, [L, torch.mul(4, C), C], std)
    self.mlp_proj_weight = __torch__.normal(like, [L, C, torch.mul(4, C)], 0.)
    self.lm_head = __torch__.normal(like, [self.vocab_size, C], torch.div(std, 20))
    return (self).refresh(like)

  # The weights themselves, not copies, in the order of WeightKind.java.
  def weights(self: __torch__.GPT) -> List[Tensor]:
    return [self.wte, self.attn_weight, self.attn_proj_weight, self.fc_weight, self.mlp_proj_weight, self.lm_head]

  # From here on the weights collect gradients: f32 sums over all backward passes until someone sets them to zero.
  def train_weights(self: __torch__.GPT, like: Tensor) -> Tensor:
    gradients = annotate(List[Tensor], [])
    for weight in (self).weights():
      _0 = torch.append(gradients, torch.zeros_like(weight))
    self.gradients = gradients
    return like

  def weight_gradients(self: __torch__.GPT) -> List[Tensor]:
    return self.gradients

  # To be called after the weights have changed: what the matrix products take, in `dtype`.
  def refresh(self: __torch__.GPT, like: Tensor) -> Tensor:
    dtype = self.dtype
    self.operands = [torch.to(self.attn_weight, dtype), torch.to(self.attn_proj_weight, dtype),
                     torch.to(self.fc_weight, dtype), torch.to(self.mlp_proj_weight, dtype),
                     torch.to(self.lm_head, dtype)]
    return like

  # x / sqrt(mean(x^2) + eps) along the last dimension; eps is the smallest f32 step from 1
  def norm(self: __torch__.GPT, x: Tensor) -> Tensor:
    length = torch.linalg_vector_norm(x, 2, [-1], True)
    mean = torch.div(torch.mul(length, length), torch.size(x, -1))
    return torch.mul(x, torch.rsqrt(torch.add(mean, 1.1920928955078125e-07)))

  # The cosines and sines by which queries and keys turn at each of T positions, [T, D], or, if the rows are packed with
  # texts, [B, 1, T, D]: those of D / 2 angles, then the same cosines, and the same sines with a minus.
  def rotation(self: __torch__.GPT, T: int, positions: Tensor) -> Tuple[Tensor, Tensor]:
    D = torch.floordiv(self.n_embd, self.n_head)
    place = torch.arange(T, dtype=7, device=positions.device)  # [T]
    if torch.gt(torch.numel(positions), 0):
      place = torch.unsqueeze(torch.to(positions, 7), 1)  # [B, 1, T]
    else:
      pass
    pair = torch.arange(torch.floordiv(D, 2), dtype=7, device=positions.device)  # [D / 2]
    frequency = torch.pow(10000., torch.div(torch.mul(pair, -2), D))
    angle = torch.mul(torch.unsqueeze(place, -1), frequency)
    cos = torch.to(torch.cos(angle), 6)
    sin = torch.to(torch.sin(angle), 6)
    return (torch.cat([cos, cos], -1), torch.cat([sin, torch.neg(sin)], -1))

  # [..., T, D] -> [..., T, D]: the pair of x1 in the first half and x2 at its place in the second becomes
  # x1 cos + x2 sin and x2 cos - x1 sin
  def rotate(self: __torch__.GPT, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    swapped = torch.roll(x, [torch.floordiv(torch.size(x, -1), 2)], [-1])
    return torch.addcmul(torch.mul(x, cos), swapped, sin)

  # [B, T, C] embedded tokens -> [B, T, C], what the head multiplies. Each row is one text, unless there are positions,
  # [B, T], the place of each token in its own text: then a token sees those of its own text only.
  def trunk(self: __torch__.GPT, tokens: Tensor, positions: Tensor, dropout: float,
            operands: List[Tensor]) -> Tensor:
    B, T, C, = torch.size(tokens)
    H = self.n_head
    D = torch.floordiv(C, H)
    dtype = self.dtype
    attn_weight = torch.unbind(operands[0])
    attn_proj_weight = torch.unbind(operands[1])
    fc_weight = torch.unbind(operands[2])
    mlp_proj_weight = torch.unbind(operands[3])
    mask = __torch__.mask(T, positions, dtype)
    cos, sin, = (self).rotation(T, positions)
    x = torch.dropout((self).norm(tokens), dropout, True)
    for i in range(self.n_layer):
      h = torch.to((self).norm(x), dtype)
      qkv = torch.view(torch.linear(h, attn_weight[i]), [B, T, 3, H, D])
      heads = torch.contiguous(torch.permute(qkv, [2, 0, 3, 1, 4]))  # [B, T, 3C] -> [3, B, H, T, D]
      qk, v, = torch.split_with_sizes(heads, [2, 1])
      q, k, = torch.unbind(torch.to((self).norm((self).rotate(torch.to(qk, 6), cos, sin)), dtype))
      y = __torch__.attention(q, k, torch.squeeze(v, 0), mask, self.fused_attention, dropout)
      x = torch.add(x, torch.dropout(torch.linear(y, attn_proj_weight[i]), dropout, True))
      h = torch.linear(torch.to((self).norm(x), dtype), fc_weight[i])  # [B, T, 4C]
      y = torch.linear(torch.square(torch.relu(h)), mlp_proj_weight[i])
      x = torch.add(x, torch.dropout(y, dropout, True))
    return (self).norm(x)

  # [B, T] -> [B, T, V]
  def logits(self: __torch__.GPT, idx: Tensor, positions: Tensor) -> Tensor:
    x = (self).trunk(torch.embedding(self.wte, idx), positions, 0., self.operands)
    return __torch__.logits(x, self.operands[4])

  # Adds scale * d(sum of -log p(target)) / d(weights) to the gradients, and returns that sum, unscaled.
  def backward(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, dropout: Tensor,
               scale: Tensor, chunk: Tensor) -> Tensor:
    tokens = torch.requires_grad_(torch.embedding(self.wte, idx), True)  # [B, T, C]
    leaves = __torch__.leaves(torch.slice(self.operands, 0, 4))
    x = (self).trunk(tokens, positions, float(dropout), leaves)
    total, x_grad, = __torch__.head_backward(x, self.operands[4], self.gradients[5], targets, float(scale), int(chunk))
    tokens_grad = torch.zeros_like(tokens)
    _0 = __torch__.add_gradients(x, x_grad, torch.add(leaves, [tokens]),
                                 torch.add(torch.slice(self.gradients, 1, 5), [tokens_grad]))
    _1 = torch.index_add_(self.gradients[0], 0, torch.view(idx, [-1]), torch.view(tokens_grad, [-1, self.n_embd]))
    return total

  # [B, T] and targets [B, T] -> [B, T], -log p(target) in f32, 0 where the target is below 0
  def losses(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, chunk: int) -> Tensor:
    x = (self).trunk(torch.embedding(self.wte, idx), positions, 0., self.operands)
    return __torch__.losses(x, self.operands[4], targets, chunk)

  # Copies into a weight or a moment: into one layer of it, or into all of it if layer is -1.
  def copy(self: __torch__.GPT, to: Tensor, layer: int, source: Tensor) -> int:
    return __torch__.copy(to, layer, source)
