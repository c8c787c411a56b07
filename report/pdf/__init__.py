"""An HTML page -> PDF/A-3a that also declares PDF/UA-1, the same bytes every time. It knows nothing of
results nor of processes: from here are imported ``lay_out`` and ``load_weasyprint`` with their types.
"""
