"""Learned parts behind plain functions: encoders fine-tuned by the scripts in training/, run by onnxruntime on one thread."""
