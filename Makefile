# Results have no rule of their own: git keeps no modification times, so a fresh clone would
# train again. The programs decide by content what is still valid.

PYTHON ?= python3

## SEEDS="1 2 3"        semillas; por omisión, estas tres (una con PROFILE=quick)
## SET="lstm.units=128" ajustes, sobre los de experimento.toml
## VARIANTS="gru larga" variantes de experimento.toml; con «make variants», por omisión todas
## DATA_DIR=carpeta     dónde están los datos oficiales: aclImdb_v1.tar.gz o aclImdb/, y mnist.npz
## DATA=real            sin datos reales, error en vez de la muestra incluida
## PROFILE=quick        entrenamiento breve, para probar; full, completo
## DEVICE=gpu           entrena en la GPU que vea TensorFlow; por omisión, cpu
## JOBS=2               entrenamientos a la vez; por omisión, uno por núcleo
## CLUSTER=tcp://a:8786 entrena en el Dask de esa dirección, o con local:4 en cuatro procesos suyos
## SEED=1               semilla que reproduce repite; por omisión, esta; con campaign, la de sus casos, al azar
## PARTS="kills records" partes de campaign, por su nombre; por omisión, todas
## FILE=informe.pdf     documento, o carpeta con muchos, que verify o audit comprueban; por omisión, build/informe.pdf
## RESULTS=carpeta      resultados del informe; con audit, o un historial, con qué comparar el documento
## HISTORY=historial    de un entrenamiento propio, para import: JSON o CSV de Keras, TensorBoard, cuaderno
## PREDICTIONS=fichero  sus predicciones en la prueba: NPZ, CSV o Parquet, con y_true e y_prob
## CONFUSION="a,b,c,d"  su matriz de confusión: negativas acertadas y falladas, positivas falladas y acertadas
## MODEL=modelo.keras   su red, o lo que da model.to_json()
## GAN_LOSSES=gan.csv   las pérdidas de una GAN propia: CSV, JSON o NPZ
## GAN_LOSS=sum         lo que es en ellas la del discriminador: suma de sus mitades, o mean, su media
## GAN_SAMPLES=patrón   sus rejillas, como "muestras_{paso}.png", o un NPZ
## GRID=5x5             filas y columnas de las rejillas
## REAL=reales.npz      las imágenes reales que imita
## REVIEWS=IMDb         cómo se llaman las reseñas
## IMAGES=MNIST         cómo se llaman las imágenes
## OUT=results/mio      dónde guarda import lo que toma; por omisión, ahí
## PYTHON=python3       el intérprete con el que se instala .venv
KNOWN := $(shell sed -n 's/^\#\# \([A-Z_]*\)=.*/\1/p' $(firstword $(MAKEFILE_LIST)))
GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
ifneq ($(filter-out $(KNOWN),$(GIVEN)),)
$(error Se esperaban solo las variables $(KNOWN), se encontró $(filter-out $(KNOWN),$(GIVEN)); \
los ajustes de los experimentos van en SET="sección.ajuste=valor" o en experimento.toml)
endif

# What each goal takes; anything else it would ignore in silence.
BROUGHT := HISTORY PREDICTIONS CONFUSION MODEL GAN_LOSSES GAN_LOSS GAN_SAMPLES GRID REAL REVIEWS IMAGES OUT
TRAINING := SEEDS SET VARIANTS DATA_DIR DATA PROFILE DEVICE JOBS CLUSTER
TAKES_all := $(TRAINING) RESULTS
TAKES_train := $(TRAINING)
TAKES_variants := $(TRAINING)
TAKES_import := $(BROUGHT) SEED SET
TAKES_report := RESULTS
TAKES_docx := RESULTS
TAKES_tex := RESULTS
TAKES_status := RESULTS
TAKES_verify := FILE
TAKES_reproduce := SEED DATA_DIR JOBS
TAKES_audit := FILE RESULTS
TAKES_campaign := PARTS SEED
GOALS := $(or $(MAKECMDGOALS),help)
TAKEN := $(foreach goal,$(GOALS),$(TAKES_$(goal))) PYTHON
UNUSED := $(filter-out $(TAKEN),$(GIVEN))
# «all» calls make again for the report, with all that it was given itself.
ifneq ($(and $(filter 0,$(MAKELEVEL)),$(UNUSED)),)
ifneq ($(filter $(BROUGHT),$(UNUSED)),)
# Without import, a report of other results would be made.
$(error Se esperaba el objetivo import, el único que usa $(filter $(BROUGHT),$(UNUSED)), se encontró \
«$(GOALS)»; impórtelo con make import y dé la carpeta en RESULTS)
endif
$(error $(GOALS): se esperaban solo las variables $(TAKEN), se encontró $(UNUSED); quite lo que $(GOALS) no usa)
endif

# Through the environment, so that the shell never reads spaces or quotes inside a value.
export $(filter-out PYTHON,$(KNOWN))

COMMON_OPTIONS = \
	$(if $(DATA_DIR),--data-dir="$$DATA_DIR") \
	$(if $(JOBS),--jobs="$$JOBS")

TRAIN_OPTIONS = $(COMMON_OPTIONS) \
	$(if $(SEEDS),--seeds="$$SEEDS") \
	$(if $(SET),--set="$$SET") \
	$(if $(DATA),--data="$$DATA") \
	$(if $(PROFILE),--profile="$$PROFILE") \
	$(if $(DEVICE),--device="$$DEVICE") \
	$(if $(CLUSTER),--cluster="$$CLUSTER")

REPRODUCE_OPTIONS = $(COMMON_OPTIONS) \
	$(if $(SEED),--seed="$$SEED")

# What import reads with Keras, or with the libraries that train.
READ_WITH_MORE := PREDICTIONS MODEL GAN_LOSSES GAN_SAMPLES

# Of the command line alone: names such as MODEL or OUT stand for other things in many an environment.
asked = $(if $(filter command,$(origin $(1))),$(2)="$$$(1)")

IMPORT_OPTIONS = \
	$(call asked,SEED,--seed) \
	$(call asked,HISTORY,--history) \
	$(call asked,PREDICTIONS,--predictions) \
	$(call asked,CONFUSION,--confusion) \
	$(call asked,MODEL,--model) \
	$(call asked,GAN_LOSSES,--gan-losses) \
	$(call asked,GAN_LOSS,--gan-loss) \
	$(call asked,GAN_SAMPLES,--gan-samples) \
	$(call asked,GRID,--grid) \
	$(call asked,REAL,--real) \
	$(call asked,REVIEWS,--reviews) \
	$(call asked,IMAGES,--images) \
	$(call asked,SET,--set) \
	--out="$(if $(filter command,$(origin OUT)),$$OUT,results/mio)"

# One environment, which two must not install into at once.
.NOTPARALLEL:

.PHONY: help all train variants import report docx tex status verify reproduce test test-all campaign lint check-pdf audit bench-report bench-audit bench-cluster bench-handins clean

help: ## muestra esta ayuda
	@echo "Uso: make OBJETIVO [VARIABLE=valor]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Variables:"
	@sed -n 's/^## /  /p' $(MAKEFILE_LIST)

all: train ## entrena lo que falte y crea el informe
	@$(MAKE) --no-print-directory report

train: .venv/train ## entrena lo que falte de los dos experimentos
	@.venv/bin/python -m experiments train $(TRAIN_OPTIONS) $(if $(VARIANTS),--variants="$$VARIANTS")

variants: .venv/train ## entrena además las variantes de experimento.toml, para compararlas
	@.venv/bin/python -m experiments train $(TRAIN_OPTIONS) --variants="$$VARIANTS"

import: .venv/$(if $(strip $(foreach name,$(READ_WITH_MORE),$(call asked,$(name),given))),train,installed) ## toma los resultados de un entrenamiento propio y los guarda en OUT
	@.venv/bin/python -m experiments import $(IMPORT_OPTIONS)

report: .venv/installed ## crea build/informe.pdf, .html y .md con los resultados que haya
	@.venv/bin/python -m report build $(if $(RESULTS),--results "$$RESULTS")

docx: .venv/office ## pasa el informe a Word, build/informe.docx, para seguir escribiéndolo
	@.venv/bin/python -m report export docx $(if $(RESULTS),--results "$$RESULTS")

tex: .venv/office ## pasa el informe a LaTeX, build/informe.tex, para seguir escribiéndolo
	@.venv/bin/python -m report export tex $(if $(RESULTS),--results "$$RESULTS")

status: .venv/installed ## dice si los resultados y el informe están al día y, si no, por qué
	@.venv/bin/python -m report status $(if $(RESULTS),--results "$$RESULTS")

verify: .venv/installed ## comprueba un PDF con los datos que lleva dentro
	@.venv/bin/python -m report verify $(if $(FILE),"$$FILE")

reproduce: .venv/train ## entrena otra vez una semilla y la compara con lo registrado
	@.venv/bin/python -m experiments reproduce $(REPRODUCE_OPTIONS)

# The tests start a hundred processes: what Python compiles is kept, whatever the surroundings say.
PYTEST = PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

test: .venv/dev ## pasa las pruebas
	@$(PYTEST) -m "not thorough"

test-all: .venv/dev ## pasa todas las pruebas, también las que repiten una ley con todo lo que hay
	@$(PYTEST)

campaign: .venv/dev ## ataca con ficheros hostiles, interrupciones y discos llenos; tarda media hora
	@.venv/bin/python tests/campaign/campaign.py $(if $(PARTS),--parts="$$PARTS") $(if $(SEED),--seed="$$SEED")

lint: .venv/dev ## revisa el estilo y los tipos del código
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy --no-error-summary
	@echo "Estilo y tipos: sin defectos."

check-pdf: .venv/installed ## comprueba la calidad de build/informe.pdf
	@.venv/bin/python -m report check

audit: .venv/installed ## busca las contradicciones de un informe escrito a mano
	@set -- $$RESULTS; for path in "$$@"; do [ -e "$$path" ] || { set -- "$$RESULTS"; break; }; done; \
	.venv/bin/python -m report audit $(if $(FILE),"$$FILE") $(if $(RESULTS),--results "$$@")

PANDOC = import pypandoc; print(pypandoc.get_pandoc_path())

bench-report: .venv/dev ## mide cuánto tarda el informe, al lado de pandoc
	@.venv/bin/python tests/bench/bench_report.py "$$(.venv/bin/python -c '$(PANDOC)')"

bench-audit: .venv/dev ## mide cuántas contradicciones encuentra audit, y sus falsas alarmas
	@PYTHONPATH=.:tests/audit .venv/bin/python tests/bench/bench_audit.py

bench-cluster: .venv/dev ## mide lo que tardan las mismas ejecuciones con Dask y sin él
	@PYTHONPATH=. .venv/bin/python tests/bench/bench_cluster.py

bench-handins: .venv/dev ## mide lo que tarda en comprobarse una carpeta de treinta entregas
	@PYTHONPATH=.:tests/made .venv/bin/python tests/bench/bench_handins.py

clean: ## borra build/ y las cachés; conserva los resultados y .venv
	@rm -rf build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find experiments report templates tests -name __pycache__ -prune -exec rm -rf {} +

# What pyproject.toml asks for, in the versions of constraints.txt: the libraries with which a report is written
# and checked and, only for what waits for them, those of the extras that are named.
REQUIREMENTS = import sys, tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(*project["dependencies"], \
	*(each for extra in sys.argv[1:] for each in project["optional-dependencies"][extra]), sep="\n")
# pip would compile with one core what is compiled here with all of them; what no Python 3 can read is skipped.
INSTALL = $(PYTHON) -c '$(REQUIREMENTS)' $(1) > .venv/requirements.txt \
	&& .venv/bin/python -m pip install --no-compile -c constraints.txt -r .venv/requirements.txt \
	&& { .venv/bin/python -m compileall -qq -j 0 .venv/lib || true; }

# What to say, and to do, if an installation fails.
EXPLAIN = { tail -n 15 .venv/install.log; \
	echo "Se esperaba poder instalar las dependencias, y pip ha fallado como se ve arriba;" \
	"revise la red y el disco y repita la orden (la salida completa está en .venv/install.log)."; \
	exit 2; } >&2

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) report/commands/native.py
	@echo "Se instalan en .venv las bibliotecas que escriben y comprueban el informe, cerca de medio GB."
	@mkdir -p .venv
	@{ $(PYTHON) -m venv .venv && $(call INSTALL,); } > .venv/install.log 2>&1 || $(EXPLAIN)
	@touch $@

.venv/train: .venv/installed
	@echo "Se instalan en .venv las bibliotecas que entrenan, TensorFlow entre ellas: unos GB y unos minutos."
	@{ $(call INSTALL,train); } > .venv/install.log 2>&1 || $(EXPLAIN)
	@touch $@

.venv/office: .venv/installed
	@echo "Se instala en .venv pandoc, que pasa el informe a Word y a LaTeX."
	@{ $(call INSTALL,office); } > .venv/install.log 2>&1 || $(EXPLAIN)
	@touch $@

# At once, which is quicker than one after another.
.venv/dev: pyproject.toml constraints.txt
	@$(PYTHON) report/commands/native.py
	@echo "Se instala en .venv todo lo que usan las pruebas, TensorFlow y pandoc entre ello: unos GB y unos minutos."
	@mkdir -p .venv
	@{ $(PYTHON) -m venv .venv && $(call INSTALL,train office dev); } > .venv/install.log 2>&1 || $(EXPLAIN)
	@touch .venv/installed .venv/train .venv/office $@
