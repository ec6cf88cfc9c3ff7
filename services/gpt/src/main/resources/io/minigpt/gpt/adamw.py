# The optimizer as torch.optim.AdamW(fused=True) runs it, and the clipping that stands before it.
# The lists come in as arguments: TorchScript drops in-place updates of lists that it built itself.
class AdamW(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The norm of each gradient. Row by row first: one f32 sum over millions of squares loses digits.
  def norms(self: __torch__.AdamW, gradients: List[Tensor]) -> Tensor:
    norms = annotate(List[Tensor], [])
    for gradient in gradients:
      rows = torch.linalg_vector_norm(gradient, 2, [-1])
      _0 = torch.append(norms, torch.linalg_vector_norm(rows))
    return torch.stack(norms)

  def scale(self: __torch__.AdamW, gradients: List[Tensor], factor: float) -> int:
    torch._foreach_mul_(gradients, factor)
    return 0

  def zero(self: __torch__.AdamW, gradients: List[Tensor]) -> int:
    torch._foreach_zero_(gradients)
    return 0

  # One group: weights, their gradients, first and second moments and step counts.
  def step(self: __torch__.AdamW, weights: List[Tensor], gradients: List[Tensor], exp_avg: List[Tensor],
           exp_avg_sq: List[Tensor], steps: List[Tensor], lr: float, beta1: float, beta2: float,
           weight_decay: float, eps: float) -> int:
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(weights, gradients, exp_avg, exp_avg_sq, annotate(List[Tensor], []), steps,
                        lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=eps,
                        amsgrad=False, maximize=False)
    return 0
