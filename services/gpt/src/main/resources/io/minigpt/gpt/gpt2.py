# GPT-2 as nanoGPT's model.py has it, in the form of TorchScript that an archive holds.
#
# Names and shapes as in common.py. A kind of weight is one tensor stacked over the layers, [L, ...]; in files each
# layer has GPT-2's name for it. Weights, residual stream, LayerNorm, softmax and loss are in f32, matrix products in
# `dtype`: f32 or bf16.
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
  operands : List[Tensor]
  gradients : List[Tensor]
  training : bool

  # Fresh weights, as GPT-2 has them: normal with deviation 0.02, less for what is added to the residual stream, and
  # less for a wide embedding: it is the head too, whose scores would differ before anything is learned.
  # With deviation 0 all are zero, to be filled from a file. They lie where `like` does.
  def init(self: __torch__.GPT, like: Tensor, deviation: Tensor) -> Tensor:
    L = self.n_layer
    C = self.n_embd
    std = float(deviation)
    added = torch.div(std, torch.sqrt(torch.mul(2, L)))
    narrow = ops.prim.min(std, torch.div(torch.mul(16., std), torch.sqrt(C)))
    self.wte = __torch__.normal(like, [self.vocab_size, C], narrow)
    self.wpe = __torch__.normal(like, [self.block_size, C], std)
    self.ln_1_weight = torch.to(torch.ones([L, C]), like)
    self.ln_1_bias = torch.to(torch.zeros([L, C]), like)
    self.attn_weight = __torch__.normal(like, [L, torch.mul(3, C), C], std)
    self.attn_bias = torch.to(torch.zeros([L, torch.mul(3, C)]), like)
    self.attn_proj_weight = __torch__.normal(like, [L, C, C], added)
    self.attn_proj_bias = torch.to(torch.zeros([L, C]), like)
    self.ln_2_weight = torch.to(torch.ones([L, C]), like)
    self.ln_2_bias = torch.to(torch.zeros([L, C]), like)
    self.fc_weight = __torch__.normal(like, [L, torch.mul(4, C), C], std)
    self.fc_bias = torch.to(torch.zeros([L, torch.mul(4, C)]), like)
    self.mlp_proj_weight = __torch__.normal(like, [L, C, torch.mul(4, C)], added)
    self.mlp_proj_bias = torch.to(torch.zeros([L, C]), like)
    self.ln_f_weight = torch.to(torch.ones([C]), like)
    self.ln_f_bias = torch.to(torch.zeros([C]), like)
    return (self).refresh(like)

  # The weights themselves, not copies, in the order of WeightKind.java; biases last, if the model has them.
  def weights(self: __torch__.GPT) -> List[Tensor]:
    all = [self.wte, self.wpe, self.ln_1_weight, self.attn_weight, self.attn_proj_weight,
           self.ln_2_weight, self.fc_weight, self.mlp_proj_weight, self.ln_f_weight]
    if self.bias:
      _0 = torch.extend(all, [self.ln_1_bias, self.attn_bias, self.attn_proj_bias,
                              self.ln_2_bias, self.fc_bias, self.mlp_proj_bias, self.ln_f_bias])
    else:
      pass
    return all

  # From here on the weights collect gradients: f32 sums over all backward passes until someone sets them to zero.
  def train_weights(self: __torch__.GPT, like: Tensor) -> Tensor:
    gradients = annotate(List[Tensor], [])
    for weight in (self).weights():
      _0 = torch.append(gradients, torch.zeros_like(weight))
    self.gradients = gradients
    return like

  def weight_gradients(self: __torch__.GPT) -> List[Tensor]:
    return self.gradients

  # To be called after the weights have changed: what the network computes with, in the order of weights(), all matrices
  # but wpe, and the biases added to their products, in `dtype`.
  def refresh(self: __torch__.GPT, like: Tensor) -> Tensor:
    d = self.dtype
    operands = [torch.to(self.wte, d), self.wpe, self.ln_1_weight, torch.to(self.attn_weight, d),
                torch.to(self.attn_proj_weight, d), self.ln_2_weight, torch.to(self.fc_weight, d),
                torch.to(self.mlp_proj_weight, d), self.ln_f_weight]
    if self.bias:
      _0 = torch.extend(operands, [self.ln_1_bias, torch.to(self.attn_bias, d), torch.to(self.attn_proj_bias, d),
                                   self.ln_2_bias, torch.to(self.fc_bias, d), torch.to(self.mlp_proj_bias, d),
                                   self.ln_f_bias])
    else:
      pass
    self.operands = operands
    return like

  # One of the biases, [L, ...], as L vectors, or L times None in a model without biases
  def biases(self: __torch__.GPT, operands: List[Tensor], kind: int) -> List[Optional[Tensor]]:
    vectors = annotate(List[Optional[Tensor]], [])
    if self.bias:
      for vector in torch.unbind(operands[kind]):
        _0 = torch.append(vectors, vector)
    else:
      for layer in range(self.n_layer):
        _1 = torch.append(vectors, None)
    return vectors

  def layer_norm(self: __torch__.GPT, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    return torch.layer_norm(x, [self.n_embd], weight, bias, 1e-05)

  # [B, T, 3C] -> [B, T, C]
  def attention(self: __torch__.GPT, qkv: Tensor, mask: Tensor, dropout: float) -> Tensor:
    B, T, C3, = torch.size(qkv)
    H = self.n_head
    D = torch.floordiv(self.n_embd, H)
    heads = torch.permute(torch.view(qkv, [B, T, 3, H, D]), [2, 0, 3, 1, 4])  # [B, T, 3C] -> [3, B, H, T, D]
    q, k, v, = torch.unbind(torch.contiguous(heads))
    return __torch__.attention(q, k, v, mask, self.fused_attention, dropout)

  def mlp(self: __torch__.GPT, x: Tensor, fc_weight: Tensor, fc_bias: Optional[Tensor],
          proj_weight: Tensor, proj_bias: Optional[Tensor]) -> Tensor:
    h = torch.gelu(torch.linear(x, fc_weight, fc_bias), approximate=self.gelu)  # [B, T, 4C]
    return torch.linear(h, proj_weight, proj_bias)

  # [B, T, C] embedded tokens -> [B, T, C], what the head multiplies. Each row is one text, unless there are positions,
  # [B, T], the place of each token in its own text: then a token sees those of its own text only. Operands as in
  # refresh().
  def trunk(self: __torch__.GPT, tokens: Tensor, positions: Tensor, dropout: float,
            operands: List[Tensor]) -> Tensor:
    T = torch.size(tokens, 1)
    dtype = self.dtype
    wpe = operands[1]
    ln_1_weight = torch.unbind(operands[2])
    attn_weight = torch.unbind(operands[3])
    attn_proj_weight = torch.unbind(operands[4])
    ln_2_weight = torch.unbind(operands[5])
    fc_weight = torch.unbind(operands[6])
    mlp_proj_weight = torch.unbind(operands[7])
    ln_f_weight = operands[8]
    ln_1_bias = (self).biases(operands, 9)
    attn_bias = (self).biases(operands, 10)
    attn_proj_bias = (self).biases(operands, 11)
    ln_2_bias = (self).biases(operands, 12)
    fc_bias = (self).biases(operands, 13)
    mlp_proj_bias = (self).biases(operands, 14)
    ln_f_bias = annotate(Optional[Tensor], None)
    if self.bias:
      ln_f_bias = operands[15]
    else:
      pass
    mask = __torch__.mask(T, positions, dtype)
    if torch.gt(torch.numel(positions), 0):
      where = torch.embedding(wpe, positions)  # [B, T, C]
    else:
      where = torch.narrow(wpe, 0, 0, T)  # [T, C]
    x = torch.dropout(torch.add(tokens, where), dropout, True)
    for i in range(self.n_layer):
      h = torch.to((self).layer_norm(x, ln_1_weight[i], ln_1_bias[i]), dtype)
      y = (self).attention(torch.linear(h, attn_weight[i], attn_bias[i]), mask, dropout)
      x = torch.add(x, torch.dropout(torch.linear(y, attn_proj_weight[i], attn_proj_bias[i]), dropout, True))
      h = torch.to((self).layer_norm(x, ln_2_weight[i], ln_2_bias[i]), dtype)
      y = (self).mlp(h, fc_weight[i], fc_bias[i], mlp_proj_weight[i], mlp_proj_bias[i])
      x = torch.add(x, torch.dropout(y, dropout, True))
    return (self).layer_norm(x, ln_f_weight, ln_f_bias)

  # [B, T] -> [B, T, V]
  def logits(self: __torch__.GPT, idx: Tensor, positions: Tensor) -> Tensor:
    x = (self).trunk(torch.embedding(self.wte, idx), positions, 0., self.operands)
    return __torch__.logits(x, self.operands[0])

  # Adds scale * d(sum of -log p(target)) / d(weights) to the gradients, and returns that sum, unscaled. That of wte
  # comes from both of its uses, as the head and as the embedding.
  def backward(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, dropout: Tensor,
               scale: Tensor, chunk: Tensor) -> Tensor:
    wte_grad = self.gradients[0]
    tokens = torch.requires_grad_(torch.embedding(self.wte, idx), True)  # [B, T, C]
    leaves = __torch__.leaves(torch.slice(self.operands, 1))
    operands = torch.add([self.operands[0]], leaves)
    x = (self).trunk(tokens, positions, float(dropout), operands)
    total, x_grad, = __torch__.head_backward(x, operands[0], wte_grad, targets, float(scale), int(chunk))
    tokens_grad = torch.zeros_like(tokens)
    _0 = __torch__.add_gradients(x, x_grad, torch.add(leaves, [tokens]),
                                 torch.add(torch.slice(self.gradients, 1), [tokens_grad]))
    _1 = torch.index_add_(wte_grad, 0, torch.view(idx, [-1]), torch.view(tokens_grad, [-1, self.n_embd]))
    return total

  # [B, T] and targets [B, T] -> [B, T], -log p(target) in f32, 0 where the target is below 0
  def losses(self: __torch__.GPT, idx: Tensor, targets: Tensor, positions: Tensor, chunk: int) -> Tensor:
    x = (self).trunk(torch.embedding(self.wte, idx), positions, 0., self.operands)
    return __torch__.losses(x, self.operands[0], targets, chunk)

  # Copies into a weight or a moment: into one layer of it, or into all of it if layer is -1.
  def copy(self: __torch__.GPT, to: Tensor, layer: int, source: Tensor) -> int:
    return __torch__.copy(to, layer, source)
