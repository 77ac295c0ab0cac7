# A part that modules share; it has no slipway.yaml, so that nobody can ask for it.
variable "name" {
  type = string
}

output "text" {
  value = "the ${var.name}"
}
