# What the machine can do at most, through the same library that the network runs on.
class Ceilings(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def ones(self: __torch__.Ceilings, rows: int, columns: int) -> Tensor:
    return torch.ones([rows, columns])

  # [M, K] and [N, K] -> [M, N]
  def dnn_product(self: __torch__.Ceilings, x: Tensor, w: Tensor) -> Tensor:
    return torch.to_dense(torch.linear(torch.to_mkldnn(x), w))

  # [R, C] and [1, C] -> [1, R]: every number of x is read once
  def product_with_vector(self: __torch__.Ceilings, x: Tensor, v: Tensor) -> Tensor:
    return torch.linear(v, x)

  def sum(self: __torch__.Ceilings, x: Tensor) -> Tensor:
    return torch.sum(x)
