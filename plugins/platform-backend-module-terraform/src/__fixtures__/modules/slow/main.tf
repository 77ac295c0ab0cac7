# Makes its file, then goes on until there is a file named "go".
variable "directory" {
  type = string
}

variable "slipway_id" {
  type = string
}

resource "terraform_data" "file" {
  input = "${var.directory}/${var.slipway_id}"

  provisioner "local-exec" {
    command = "touch \"${self.input}.${self.id}\"; until test -e \"${var.directory}/go\"; do sleep 0.1; done"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "rm -f \"${self.output}.${self.id}\""
  }
}

output "file" {
  value = terraform_data.file.output
}
