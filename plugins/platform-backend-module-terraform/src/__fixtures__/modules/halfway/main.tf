# Fails after its first half, as long as there is a file named "blocked".
variable "directory" {
  type = string
}

variable "slipway_id" {
  type = string
}

resource "terraform_data" "first" {
  input = "${var.directory}/${var.slipway_id}"

  provisioner "local-exec" {
    command = "touch \"${self.input}.${self.id}\""
  }
  provisioner "local-exec" {
    when    = destroy
    command = "rm -f \"${self.output}.${self.id}\""
  }
}

resource "terraform_data" "second" {
  depends_on = [terraform_data.first]

  provisioner "local-exec" {
    command = "i=0; while [ $i -lt 200 ]; do echo line $i; i=$((i + 1)); done; test ! -e \"${var.directory}/blocked\""
  }
}

output "file" {
  value = terraform_data.first.output
}
