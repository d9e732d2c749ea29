//! The time limit of every request. `tower_http::timeout` sets a timer for each before it asks the handler, and takes it
//! away after; most answers are there at once and need none.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};
use tower::{Layer, Service};

use crate::problem::ApiError;

/// After this long a request is answered 503.
#[derive(Clone, Copy)]
pub(crate) struct Patience(pub(crate) Duration);

impl<S> Layer<S> for Patience {
    type Service = PatientService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        PatientService { patience: *self, inner }
    }
}

#[derive(Clone)]
pub(crate) struct PatientService<S> {
    patience: Patience,
    inner: S,
}

impl<S> Service<Request> for PatientService<S>
where
    S: Service<Request, Error = Infallible>,
    S::Response: IntoResponse,
{
    type Response = Response;
    type Error = Infallible;
    type Future = PatientFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        PatientFuture { inner: self.inner.call(request), patience: self.patience, timer: None }
    }
}

pin_project! {
    pub(crate) struct PatientFuture<F> {
        #[pin]
        inner: F,
        patience: Patience,
        #[pin]
        timer: Option<Sleep>,
    }
}

impl<F, R> Future for PatientFuture<F>
where
    F: Future<Output = Result<R, Infallible>>,
    R: IntoResponse,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(Ok(response)) = this.inner.poll(context) {
            return Poll::Ready(Ok(response.into_response()));
        }
        if this.timer.is_none() {
            this.timer.set(Some(sleep(this.patience.0)));
        }
        if let Some(timer) = this.timer.as_mut().as_pin_mut() {
            ready!(timer.poll(context));
        }
        Poll::Ready(Ok(ApiError::unavailable().into_response()))
    }
}
