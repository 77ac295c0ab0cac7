# What is there of it in the world: a file in a directory, named by the resource and by the time that it was made.
variable "directory" {
  type        = string
  description = "Where the file is"
}

variable "size" {
  type        = string
  description = "How large it is"
  default     = "small"
  validation {
    condition     = var.size != "large" || var.region == "north"
    error_message = "Only the north has large ones."
  }
}

variable "region" {
  type    = string
  default = "north"
}

variable "slipway_id" {
  type = string
}

variable "slipway_name" {
  type = string
}

module "label" {
  source = "../shared"
  name   = var.slipway_name
}

resource "terraform_data" "place" {
  input = { region = var.region, label = module.label.text }
}

resource "terraform_data" "file" {
  input            = { size = var.size, base = "${var.directory}/${var.slipway_id}" }
  triggers_replace = { region = terraform_data.place.output.region }

  provisioner "local-exec" {
    command = "touch \"${self.input.base}.${self.id}\""
  }
  provisioner "local-exec" {
    when    = destroy
    command = "rm -f \"${self.output.base}.${self.id}\""
  }
}

resource "terraform_data" "secret" {
  input = sensitive("key of ${var.slipway_id}")
}

output "size" {
  description = "How large it is"
  value       = terraform_data.file.output.size
}

output "labels" {
  value = [terraform_data.place.output.label]
}

output "key" {
  description = "What opens it"
  value       = terraform_data.secret.output
  sensitive   = true
}
