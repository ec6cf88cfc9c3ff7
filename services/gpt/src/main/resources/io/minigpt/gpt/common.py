# What both networks have in common, as TorchScript functions that an archive holds beside the network's class.
#
# B sequences, T tokens of each, C channels (n_embd), H heads (n_head), D = C / H, V vocabulary, L layers.
# Numbers name a tensor's type: 6 is f32, 7 f64, 15 bf16; `dtype` is that of matrix products, f32 or bf16.

# Weights where `like` lies: normal with a deviation, or zeros if it is 0.
def normal(like: Tensor, shape: List[int], deviation: float) -> Tensor:
  weight = torch.zeros(shape)
  if torch.gt(deviation, 0.):
    _0 = torch.normal_(weight, 0., deviation)
  else:
    pass
  return torch.to(weight, like)

# What is added to the scores of T tokens: -inf where a token must not look, else 0. Without positions each row is one
# text, and the mask is [T, T]. With positions, [B, T], the place of each token in its own text, a token sees those of
# its own text only, and the mask is [B, 1, T, T].
def mask(T: int, positions: Tensor, dtype: int) -> Tensor:
  column = torch.arange(T, device=positions.device)
  hidden = torch.lt(torch.unsqueeze(column, 1), column)  # [T, T], true above the diagonal
  if torch.gt(torch.numel(positions), 0):
    begin = torch.sub(column, positions)  # [B, T], where the token's text begins
    other = torch.ne(torch.unsqueeze(begin, 2), torch.unsqueeze(begin, 1))  # [B, T, T]
    hidden = torch.unsqueeze(torch.logical_or(hidden, other), 1)  # [B, 1, T, T]
  else:
    pass
  return torch.masked_fill(torch.zeros_like(hidden, dtype=dtype), hidden, -inf)

# [B, H, T, D] queries, keys and values -> [B, T, C]; the softmax is in f32 inside, whatever it takes and gives.
# On the fused way `causal` stands for a mask without texts in it.
def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor, fused: bool, dropout: float) -> Tensor:
  B, H, T, D, = torch.size(q)
  if fused:
    if torch.eq(torch.dim(mask), 4):
      y = torch.scaled_dot_product_attention(q, k, v, mask, dropout, False)
    else:
      y = torch.scaled_dot_product_attention(q, k, v, None, dropout, True)
  else:
    scores = torch.matmul(torch.mul(q, torch.pow(D, -0.5)), torch.transpose(k, 2, 3))  # [B, H, T, T]
    weights = torch.dropout(torch.softmax(torch.add_(scores, mask), -1), dropout, True)
    y = torch.matmul(weights, v)
  return torch.reshape(torch.transpose(y, 1, 2), [B, T, torch.mul(H, D)])  # [B, H, T, D] -> [B, T, C]

# The tensors themselves, to be differentiated by
def leaves(operands: List[Tensor]) -> List[Tensor]:
  leaves = annotate(List[Tensor], [])
  for operand in operands:
    _0 = torch.append(leaves, torch.requires_grad_(torch.detach(operand), True))
  return leaves

# d(x) / d(leaf), weighted by x_grad, added to each leaf's gradient in f32
def add_gradients(x: Tensor, x_grad: Tensor, leaves: List[Tensor], gradients: List[Tensor]) -> int:
  found = torch.autograd.grad([x], leaves, annotate(List[Optional[Tensor]], [x_grad]))
  for i in range(torch.len(leaves)):
    _0 = torch.add_(gradients[i], unchecked_cast(Tensor, found[i]))
  return 0

# For x, [B, T, C], which the head, [V, C], multiplies: the sum of -log p(target) in f64, and scale * d(sum) / d(x).
# Adds scale * d(sum) / d(head) to head_grad. Targets below 0 do not count, and the head, most of a small model's work,
# sees only the N rows that do. Its gradient is written out, for 1,024 rows at a time, the softmax in place for `chunk`
# rows that fit the cache: no [N, V] array is held.
def head_backward(x: Tensor, head: Tensor, head_grad: Tensor, targets: Tensor, scale: float,
                  chunk: int) -> Tuple[Tensor, Tensor]:
  C = torch.size(x, -1)
  V = torch.size(head, 0)
  _0 = torch.set_grad_enabled(False)
  flat = torch.view(x, [-1, C])  # [B, T, C] -> [B T, C]
  targets = torch.view(targets, [-1])  # [B, T] -> [B T]
  counted = torch.squeeze(torch.nonzero(torch.ge(targets, 0)), 1)  # [N]
  targets = torch.unsqueeze(torch.index_select(targets, 0, counted), 1)  # [N, 1]
  rows = torch.to(torch.index_select(flat, 0, counted), head.dtype)  # [N, C]
  N = torch.size(rows, 0)
  M = ops.prim.min(N, 1024)
  logits = torch.empty([M, V], dtype=head.dtype, device=head.device)
  product = torch.empty_like(head)
  x_grad = torch.zeros_like(flat)
  total = torch.zeros([], dtype=7, device=head.device)
  start = 0
  while torch.lt(start, N):
    n = ops.prim.min(M, torch.sub(N, start))
    x_n = torch.narrow(rows, 0, start, n)
    logits_n = torch.narrow(logits, 0, 0, n)  # [n, V]
    _1 = torch.mm(x_n, torch.t(head), out=logits_n)
    at = 0
    while torch.lt(at, n):
      k = ops.prim.min(chunk, torch.sub(n, at))
      part = torch.narrow(logits_n, 0, at, k)  # [k, V]
      targets_k = torch.narrow(targets, 0, torch.add(start, at), k)
      # log p(target) = logit(target) - highest logit + log(highest p), as p(target) may be too small for its type
      below = torch.sub(torch.gather(part, 1, targets_k), torch.amax(part, [1], True))
      p = torch.softmax(part, 1, out=part)
      highest = torch.log(torch.to(torch.amax(p, [1], True), 6))
      _2 = torch.sub_(total, torch.sum(torch.add(torch.to(below, 6), highest)))
      _3 = torch.scatter_add_(p, 1, targets_k, torch.full_like(targets_k, -1., dtype=head.dtype))
      at = torch.add(at, k)  # part is now softmax minus one-hot, the gradient before its scale
    x_n_grad = torch.zeros([n, C], dtype=6, device=head.device)
    at = 0
    while torch.lt(at, V):  # by parts of the vocabulary: one product over all of it takes twice as long
      k = ops.prim.min(4096, torch.sub(V, at))
      part_grad = torch.mm(torch.narrow(logits_n, 1, at, k), torch.narrow(head, 0, at, k))  # [n, C]
      _4 = torch.add_(x_n_grad, part_grad, alpha=scale)
      at = torch.add(at, k)
    _5 = torch.index_copy_(x_grad, 0, torch.narrow(counted, 0, start, n), x_n_grad)
    x_n = torch.t(torch.contiguous(torch.t(x_n)))  # column by column: a tenth less time
    _6 = torch.add_(head_grad, torch.mm(torch.t(logits_n), x_n, out=product), alpha=scale)
    start = torch.add(start, n)
  return (total, torch.view_as(x_grad, x))

# [B, T, C] and targets [B, T] -> [B, T], -log p(target) in f32, 0 where the target is below 0
def losses(x: Tensor, head: Tensor, targets: Tensor, chunk: int) -> Tensor:
  C = torch.size(x, -1)
  flat = torch.view(targets, [-1])
  counted = torch.squeeze(torch.nonzero(torch.ge(flat, 0)), 1)  # [N]
  rows = torch.index_select(torch.view(x, [-1, C]), 0, counted)  # [N, C]
  wanted = torch.unsqueeze(torch.index_select(flat, 0, counted), 1)  # [N, 1]
  N = torch.size(rows, 0)
  losses = torch.zeros([torch.size(flat, 0)], dtype=6, device=x.device)
  start = 0
  while torch.lt(start, N):
    n = ops.prim.min(chunk, torch.sub(N, start))
    log_p = torch.log_softmax(__torch__.logits(torch.narrow(rows, 0, start, n), head), 1)  # [n, V]
    loss = torch.neg(torch.squeeze(torch.gather(log_p, 1, torch.narrow(wanted, 0, start, n)), 1))
    _0 = torch.index_copy_(losses, 0, torch.narrow(counted, 0, start, n), loss)
    start = torch.add(start, n)
  return torch.view_as(losses, targets)

# [..., C] and the head [V, C] -> [..., V] in f32
def logits(x: Tensor, head: Tensor) -> Tensor:
  return torch.to(torch.linear(torch.to(x, head.dtype), head), 6)

# Copies into a weight or a moment: into one layer of it, or into all of it if layer is -1.
def copy(to: Tensor, layer: int, source: Tensor) -> int:
  if torch.lt(layer, 0):
    _0 = torch.copy_(torch.detach(to), source)
  else:
    _1 = torch.copy_(torch.select(torch.detach(to), 0, layer), source)
  return 0
