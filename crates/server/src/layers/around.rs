//! A layer of two plain functions, one before and one after the handler. Unlike `axum::middleware::from_fn` it boxes
//! nothing: three allocations and two indirect calls less for each layer and request.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

/// What happens around a handler.
pub(crate) trait Around: Clone {
    /// What is known of a request and wanted for its response.
    type Kept;

    /// Lets the request pass, or answers it here; then [`Self::after`] is not called.
    #[expect(clippy::result_large_err, reason = "a response is moved once, an error is as usual as a pass")]
    fn before(&self, request: &mut Request) -> Result<Self::Kept, Response>;

    fn after(kept: Self::Kept, response: Response) -> Response;
}

#[derive(Clone)]
pub(crate) struct AroundLayer<A>(pub(crate) A);

impl<A: Clone, S> Layer<S> for AroundLayer<A> {
    type Service = AroundService<A, S>;

    fn layer(&self, inner: S) -> Self::Service {
        AroundService { around: self.0.clone(), inner }
    }
}

#[derive(Clone)]
pub(crate) struct AroundService<A, S> {
    around: A,
    inner: S,
}

impl<A, S> Service<Request> for AroundService<A, S>
where
    A: Around,
    S: Service<Request, Error = Infallible>,
    S::Response: IntoResponse,
{
    type Response = Response;
    type Error = Infallible;
    type Future = AroundFuture<A, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match self.around.before(&mut request) {
            Ok(kept) => AroundFuture::Passed { kept: Some(kept), inner: self.inner.call(request) },
            Err(response) => AroundFuture::Answered { response: Some(response) },
        }
    }
}

pin_project! {
    #[project = Projected]
    pub(crate) enum AroundFuture<A: Around, F> {
        Passed { kept: Option<A::Kept>, #[pin] inner: F },
        Answered { response: Option<Response> },
    }
}

impl<A, F, R> Future for AroundFuture<A, F>
where
    A: Around,
    F: Future<Output = Result<R, Infallible>>,
    R: IntoResponse,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        const ONCE: &str = "a future that is done is not polled again";
        Poll::Ready(Ok(match self.project() {
            Projected::Passed { kept, inner } => {
                let Ok(response) = ready!(inner.poll(context));
                A::after(kept.take().expect(ONCE), response.into_response())
            }
            Projected::Answered { response } => response.take().expect(ONCE),
        }))
    }
}
