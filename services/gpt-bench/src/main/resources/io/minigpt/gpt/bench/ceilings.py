# What the machine can do at most, through the same library that the network runs on. Number formats: f32 (6), bf16 (15).
class Ceilings(Module):
  __parameters__ = []
  __buffers__ = []
  unused : Tensor
  training : bool

  def random(self: __torch__.Ceilings, rows: int, columns: int, dtype: int) -> Tensor:
    return torch.to(torch.rand([rows, columns]), dtype)

  # [M, K] and [N, K] -> [M, N]
  def product(self: __torch__.Ceilings, x: Tensor, w: Tensor) -> Tensor:
    return torch.linear(x, w)

  # the same through oneDNN, which f32 products do not take by themselves
  def dnn_product(self: __torch__.Ceilings, x: Tensor, w: Tensor) -> Tensor:
    return torch.to_dense(torch.linear(torch.to_mkldnn(x), w))

  # [R, C] and [1, C] -> [1, R]: every number of x is read once
  def product_with_vector(self: __torch__.Ceilings, x: Tensor, v: Tensor) -> Tensor:
    return torch.linear(v, x)

  def sum(self: __torch__.Ceilings, x: Tensor) -> Tensor:
    return torch.sum(x)
