# Makes nothing.
variable "directory" {
  type = string
}
