# Writes down what it was given: its environment, and how it was started.
variable "directory" {
  type = string
}

variable "slipway_id" {
  type = string
}

resource "terraform_data" "environment" {
  input = "${var.directory}/${var.slipway_id}"

  provisioner "local-exec" {
    command = "env > \"${self.input}.env\"; tr '\\0' ' ' < /proc/$PPID/cmdline > \"${self.input}.cmd\""
  }
}
