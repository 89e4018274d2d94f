"""A comparison app: ``SIDE`` in the environment names the page beside this file."""

import os
from pathlib import Path

import streamlit as st
from common import ROUTES

app = st.App(Path(__file__).parent / f"{os.environ['SIDE']}.py", routes=ROUTES)
